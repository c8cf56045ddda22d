//! The regions and their hosts, from the `servers` of the document.

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, PathItem, Server};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::document::Problem;

const REGION: &str = "region";
// The operations whose paths have the hosts of their services.
const IAM: &str = "KeystoneCreateUserTokenByPassword";
const STS: &str = "AssumeAgencyWithOIDC";

/// An associated constant of `Region` for every region of the document's servers, and the list of them all.
pub(crate) fn generate(document: &OpenAPI) -> Result<TokenStream, Problem> {
    let repo = by_region("servers", &document.servers)?;
    let iam = Hosts::read(document, IAM)?;
    let sts = Hosts::read(document, STS)?;

    let mut constants = Vec::new();
    let mut names = Vec::new();
    for (region, repo_url) in &repo {
        let name = format_ident!("{}", region.replace('-', "_").to_uppercase());
        let (iam_url, sts_url) = (iam.of(region), sts.of(region));
        let doc = format!("`{region}`: {repo_url}, {iam_url} and {sts_url}.");
        let doc = doc.replace("https://", "");
        constants.push(quote! {
            #[doc = #doc]
            pub const #name: Self = Self::new(
                #region,
                &crate::region::Endpoints { repo: #repo_url, iam: #iam_url, sts: #sts_url },
            );
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

/// The hosts of a service with a path of its own: one for each region, and one for all other regions.
struct Hosts {
    by_region: BTreeMap<String, String>,
    other: String,
}

impl Hosts {
    fn read(document: &OpenAPI, id: &str) -> Result<Self, Problem> {
        let has_it = |item: &PathItem| item.iter().any(|(_, it)| it.operation_id.as_deref() == Some(id));
        let mut paths = document.paths.paths.iter().filter_map(|(path, item)| Some((path, item.as_item()?)));
        let Some((path, item)) = paths.find(|(_, item)| has_it(item)) else {
            return Err(Problem::new(id, "the operation is missing; its path has the hosts of its service"));
        };
        let other = item.servers.iter().find(|server| server.variables.is_none());
        let other = other.ok_or_else(|| Problem::new(path, "the global server, one without variables, is missing"))?;
        Ok(Self { by_region: by_region(path, &item.servers)?, other: other.url.clone() })
    }

    fn of(&self, region: &str) -> &str {
        self.by_region.get(region).unwrap_or(&self.other)
    }
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
