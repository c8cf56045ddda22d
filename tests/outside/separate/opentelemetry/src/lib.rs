//! A program from outside. Its tests are all there is.
