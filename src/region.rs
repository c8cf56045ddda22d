//! The regions of the contract and their hosts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A region of Huawei Cloud that has CodeArts Repo, with the addresses of CodeArts Repo, IAM and STS.
///
/// The regions and hosts come from `openapi.yaml`, which has them from the vendor's SDK and pages. This project has never
/// called them. The vendor's sources disagree about the host of CodeArts Repo in `eu-west-101`; this is the documented
/// one.
///
/// ```
/// use codearts_repo_client::Region;
///
/// # fn main() -> Result<(), codearts_repo_client::UnknownRegion> {
/// let region: Region = "cn-north-4".parse()?;
/// assert_eq!(region, Region::CN_NORTH_4);
/// assert_eq!(region.repo_endpoint(), "https://codehub-ext.cn-north-4.myhuaweicloud.com");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region {
    id: &'static str,
    endpoints: &'static Endpoints,
}

/// The addresses of a region.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Endpoints {
    pub(crate) repo: &'static str,
    pub(crate) iam: &'static str,
    pub(crate) sts: &'static str,
}

impl Region {
    pub(crate) const fn new(id: &'static str, endpoints: &'static Endpoints) -> Self {
        Self { id, endpoints }
    }

    /// The region's ID, for example `cn-north-4`. The default project of the region has the same name.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.id
    }

    /// The address of CodeArts Repo, with a scheme and without a trailing slash.
    #[must_use]
    pub const fn repo_endpoint(self) -> &'static str {
        self.endpoints.repo
    }

    /// The address of IAM: the one of the region, or the global one if the region has none.
    #[must_use]
    pub const fn iam_endpoint(self) -> &'static str {
        self.endpoints.iam
    }

    /// The address of STS, which issues temporary access keys: the one of the region, or that of `cn-north-4` if the
    /// region has none.
    #[must_use]
    pub const fn sts_endpoint(self) -> &'static str {
        self.endpoints.sts
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().find(|region| region.id == text).copied().ok_or_else(|| UnknownRegion::new(text))
    }
}

/// An unknown region. The message names the most similar region and all known ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownRegion {
    text: String,
    nearest: Option<Region>,
}

impl UnknownRegion {
    fn new(text: &str) -> Self {
        let text: String = text.chars().take(40).collect();
        let nearest = Region::ALL
            .iter()
            .map(|region| (strsim::levenshtein(&text.to_lowercase(), region.id), *region))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, _)| *distance <= 4)
            .map(|(_, region)| region);
        Self { text, nearest }
    }

    /// The region with the most similar ID, if one is similar.
    #[must_use]
    pub const fn nearest(&self) -> Option<Region> {
        self.nearest
    }
}

impl fmt::Display for UnknownRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown region {:?}", self.text)?;
        if let Some(nearest) = self.nearest {
            write!(f, " (did you mean {nearest}?)")?;
        }
        f.write_str(", known are ")?;
        for (index, region) in Region::ALL.iter().enumerate() {
            write!(f, "{}{region}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownRegion {}

impl UnknownRegion {
    /// What to do about the error.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        "use a known region, or set the endpoint of another one instead"
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn the_message_names_the_nearest_region_and_all_regions() {
        let error = "cn-nort-4".parse::<Region>().expect_err("unknown");
        assert_eq!(error.nearest(), Some(Region::CN_NORTH_4));
        let text = error.to_string();
        assert!(text.starts_with("unknown region \"cn-nort-4\" (did you mean cn-north-4?), known are "), "{text}");
        for region in Region::ALL {
            assert!(text.contains(region.id()), "{region}");
        }
        assert_eq!("moon".parse::<Region>().expect_err("unknown").nearest(), None);
    }

    #[test]
    fn a_region_serializes_as_its_id() {
        assert_eq!(serde_json::to_string(&Region::CN_NORTH_4).expect("JSON"), r#""cn-north-4""#);
        assert_eq!(serde_json::from_str::<Region>(r#""cn-north-4""#).expect("a region"), Region::CN_NORTH_4);
        assert!(serde_json::from_str::<Region>(r#""moon""#).is_err());
    }
}
