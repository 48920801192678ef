//! Users and keys of a tenant under test, each with the header that shows who calls.

use serde_json::{Value, json};

use super::admin::{Admin, Ask};

/// A password that is good enough.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Where the routes of logins are.
pub(crate) const AUTH: &str = "/api/v1/auth";

impl Ask {
    /// The request over TCP on this machine, from whoever has this token.
    pub(crate) fn bearer(self, token: &str) -> Self {
        self.from(Some(adserve::admin::Peer::Tcp))
            .header("host", "localhost")
            .header("authorization", format!("Bearer {token}"))
    }

    /// The request over TCP on this machine, from nobody in particular.
    pub(crate) fn stranger(self) -> Self {
        self.from(Some(adserve::admin::Peer::Tcp))
            .header("host", "localhost")
    }
}

/// Makes a user of `acme` and invites him; the code.
pub(crate) async fn invite(admin: &Admin, tenant: &str, fields: &Value) -> String {
    let made = admin.must(Ask::post("/api/v1/users", fields).tenant(tenant));
    let id = made.await.text("id");
    let ask = Ask::post(format!("/api/v1/users/{id}/invite"), &json!({}));
    admin.must(ask.tenant(tenant)).await.text("code")
}

/// Makes a user and lets him register; his access token.
pub(crate) async fn user(admin: &Admin, tenant: &str, fields: &Value) -> String {
    let code = invite(admin, tenant, fields).await;
    let ask = Ask::post(
        format!("{AUTH}/register"),
        &json!({ "code": code, "password": PASSWORD }),
    );
    admin.must(ask.stranger()).await.text("access_token")
}

/// Makes a key; its secret.
pub(crate) async fn key(admin: &Admin, tenant: &str, fields: &Value) -> String {
    let made = admin.must(Ask::post("/api/v1/keys", fields).tenant(tenant));
    made.await.text("secret")
}
