//! A program on the bindings alone. Its tests are all there is.
