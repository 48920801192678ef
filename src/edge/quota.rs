//! Requests over the rate of their tenant: refused before anything is decided, in the form that
//! who asks can read.
//!
//! One token is taken for each ad request, VMAP document and new session. Beacons and whatever
//! belongs to a session that runs are never refused for it.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

use super::respond::{Answer, typed};
use super::{Edge, Endpoint};
use crate::format::vast::{self, Version};
use crate::format::vmap;
use crate::model::TenantId;

/// How long until a tenant may ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limited(Duration);

impl Edge {
    /// Lets a request of a tenant through, or counts it as one too many.
    pub(super) fn admit(&self, endpoint: Endpoint, tenant: TenantId) -> Result<(), Limited> {
        let parties = &self.parties;
        let taken = parties.quotas.take(tenant, || parties.clock.monotonic());
        taken.map_err(|wait| {
            self.meter.limited(endpoint);
            Limited(wait)
        })
    }
}

impl Limited {
    /// Whole seconds to wait, at least one.
    pub(super) fn retry_after(self) -> HeaderValue {
        let seconds = self.0.as_secs() + u64::from(self.0.subsec_nanos() > 0);
        HeaderValue::from(seconds.max(1))
    }

    /// A VAST document without an ad.
    pub(super) fn vast(self, version: Version) -> Response<Answer> {
        let mut document = Vec::new();
        vast::Answer::begin(version, &mut document).end();
        self.with(vast::CONTENT_TYPE, document)
    }

    /// A VMAP document without a break.
    pub(super) fn vmap(self) -> Response<Answer> {
        let mut document = Vec::new();
        vmap::Answer::begin(&mut document).end();
        self.with(vmap::CONTENT_TYPE, document)
    }

    fn with(self, content_type: &'static str, document: Vec<u8>) -> Response<Answer> {
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut response = typed(status, content_type, Bytes::from(document));
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, self.retry_after());
        response
    }
}
