//! The files of the page, which are compiled into the program.

use bytes::Bytes;
use http::{Response, StatusCode, header};
use http_body_util::Either;

use super::{Outgoing, PAGE_POLICY, REFERENCE_POLICY, response};
use crate::wire::AnswerBody;

/// One file, its path and its type.
#[derive(Debug)]
pub(super) struct File {
    path: &'static str,
    content_type: &'static str,
    policy: &'static str,
    is_packed: bool,
    bytes: &'static [u8],
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The renderer is compressed with gzip, which every browser supports.
static FILES: [File; 9] = [
    plain("/", HTML, PAGE_POLICY, include_bytes!("../../assets/page.html")),
    plain("/page/page.css", CSS, PAGE_POLICY, include_bytes!("../../assets/page.css")),
    plain("/page/page.js", SCRIPT, PAGE_POLICY, include_bytes!("../../assets/page.js")),
    plain("/page/icon.svg", "image/svg+xml", PAGE_POLICY, include_bytes!("../../assets/icon.svg")),
    plain("/reference", HTML, REFERENCE_POLICY, include_bytes!("../../assets/reference.html")),
    plain("/reference/reference.css", CSS, PAGE_POLICY, include_bytes!("../../assets/reference.css")),
    plain("/reference/reference.js", SCRIPT, PAGE_POLICY, include_bytes!("../../assets/reference.js")),
    packed("/reference/renderer.css", CSS, include_bytes!("../../assets/swagger-ui/swagger-ui.css.gz")),
    packed("/reference/renderer.js", SCRIPT, include_bytes!("../../assets/swagger-ui/swagger-ui-bundle.js.gz")),
];

const fn plain(path: &'static str, content_type: &'static str, policy: &'static str, bytes: &'static [u8]) -> File {
    File { path, content_type, policy, is_packed: false, bytes }
}

const fn packed(path: &'static str, content_type: &'static str, bytes: &'static [u8]) -> File {
    File { path, content_type, policy: PAGE_POLICY, is_packed: true, bytes }
}

pub(super) fn find(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.path == path)
}

impl File {
    pub(super) fn response(&self) -> Response<Outgoing> {
        let body = Either::Left(AnswerBody::whole(Bytes::from_static(self.bytes)));
        let mut response = response(StatusCode::OK, self.content_type, self.policy, body);
        if self.is_packed {
            response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
        }
        response
    }
}
