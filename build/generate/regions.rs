//! The regions and their hosts, from the `servers` of the document.

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, ReferenceOr, Server};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::document::Problem;

const REGION: &str = "region";
const IAM_PATH: &str = "/v3/auth/tokens";

/// An associated constant of `Region` for every region of the document's servers, and the list of them all.
pub(crate) fn generate(document: &OpenAPI) -> Result<TokenStream, Problem> {
    let repo = by_region("servers", &document.servers)?;
    let iam_servers = match document.paths.paths.get(IAM_PATH) {
        Some(ReferenceOr::Item(item)) => &item.servers,
        _ => return Err(Problem::new(IAM_PATH, "the path is missing; it gives the IAM hosts")),
    };
    let iam = by_region(IAM_PATH, iam_servers)?;
    let global = iam_servers
        .iter()
        .find(|server| server.variables.is_none())
        .ok_or_else(|| Problem::new(IAM_PATH, "the global IAM server, one without variables, is missing"))?;

    let mut constants = Vec::new();
    let mut names = Vec::new();
    for (region, repo_url) in &repo {
        let name = format_ident!("{}", region.replace('-', "_").to_uppercase());
        let iam_url = iam.get(region).unwrap_or(&global.url);
        let doc = format!("`{region}`: {repo_url} and {}.", iam_url);
        let doc = doc.replace("https://", "");
        constants.push(quote! {
            #[doc = #doc]
            pub const #name: Self = Self::new(#region, #repo_url, #iam_url);
        });
        names.push(name);
    }
    Ok(quote! {
        impl crate::Region {
            #(#constants)*
            /// Every region of the contract, in the order of their names.
            pub const ALL: &'static [Self] = &[#(Self::#names),*];
        }
    })
}

fn by_region(place: &str, servers: &[Server]) -> Result<BTreeMap<String, String>, Problem> {
    let mut regions = BTreeMap::new();
    for server in servers {
        let Some(variable) = server.variables.as_ref().and_then(|v| v.get(REGION)) else { continue };
        for region in &variable.enumeration {
            let is_name = region.starts_with(|c: char| c.is_ascii_lowercase())
                && region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !is_name {
                return Err(Problem::new(place, format!("{region:?} is no region; write it as cn-north-4")));
            }
            let url = server.url.replace("{region}", region);
            if regions.insert(region.clone(), url).is_some() {
                return Err(Problem::new(place, format!("region {region} stands in two servers")));
            }
        }
    }
    if regions.is_empty() {
        return Err(Problem::new(place, "no server has a region variable"));
    }
    Ok(regions)
}
