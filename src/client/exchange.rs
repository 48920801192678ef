//! Makes calls: connects, sends, reads, and tries again where that is safe and may help.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, IF_MATCH, USER_AGENT};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio_rustls::TlsConnector;

use super::answer::{self, RawAnswer};
use super::connect::connect;
use super::login::LoginFile;
use super::{Answer, Call, ClientError, Target, Upload, tls};
use crate::api;
use crate::host::Entropy;

/// How often a call is tried in all.
const ATTEMPTS_MAX: u32 = 3;
/// Wait before the second attempt; four times as long before the third.
const BACKOFF: Duration = Duration::from_millis(150);
/// Longest wait that a daemon may ask for between attempts.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(5);

/// What a request carries.
pub(super) type RequestBody = UnsyncBoxBody<Bytes, std::io::Error>;

/// Gets one line for each request and each answer; no secret is in it.
pub type Trace = Arc<dyn Fn(&str) + Send + Sync>;

/// How to reach a daemon, and as whom.
#[derive(Clone)]
pub struct Settings {
    /// Where it listens.
    pub target: Target,
    /// Bearer token for TCP.
    pub token: Option<String>,
    /// A login that is used where there is no token.
    pub login: Option<LoginFile>,
    /// Certificates to trust instead of the public ones. PEM.
    pub ca_file: Option<PathBuf>,
    /// Tenant of the calls, by id or name.
    pub tenant: Option<String>,
    /// Longest time for one call, and for an upload to stand still.
    pub timeout: Duration,
    /// Where to tell about requests and answers.
    pub trace: Option<Trace>,
}

/// Leaves the token out.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("target", &self.target)
            .field("tenant", &self.tenant)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A way to call one daemon.
#[derive(Clone)]
pub struct Client {
    pub(super) settings: Settings,
    pub(super) tls: Option<TlsConnector>,
    pub(super) entropy: Entropy,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}

impl Client {
    /// Prepares a client; reads the certificates and connects to nothing yet.
    pub fn new(settings: Settings, entropy: Entropy) -> Result<Self, ClientError> {
        let tls = match &settings.target {
            Target::Tls { .. } => Some(tls::connector(settings.ca_file.as_deref())?),
            Target::Tcp { .. } if settings.token.is_some() && !settings.target.is_local() => {
                return Err(insecure(&settings.target));
            }
            Target::Unix(_) | Target::Tcp { .. } => None,
        };
        Ok(Self {
            settings,
            tls,
            entropy,
        })
    }

    /// Where it calls.
    pub const fn target(&self) -> &Target {
        &self.settings.target
    }

    /// The tenant that its calls name.
    pub fn tenant(&self) -> Option<&str> {
        self.settings.tenant.as_deref()
    }

    /// The same client for another tenant.
    #[must_use]
    pub fn for_tenant(&self, tenant: &str) -> Self {
        let mut other = self.clone();
        other.settings.tenant = Some(tenant.to_owned());
        other
    }

    /// Makes a call and reads its answer.
    pub async fn send<T: DeserializeOwned>(&self, call: Call) -> Result<Answer<T>, ClientError> {
        if call.is_unhurried {
            return self.attempt(&call).await?.decode();
        }
        let answer = tokio::time::timeout(self.settings.timeout, self.attempt(&call))
            .await
            .map_err(|_elapsed| self.timed_out())??;
        answer.decode()
    }

    /// Sends a file and reads the answer. Tried once: the file may be a pipe. There is no
    /// deadline for the whole of it, only for standing still.
    pub async fn upload<T: DeserializeOwned>(
        &self,
        call: Call,
        upload: Upload,
    ) -> Result<Answer<T>, ClientError> {
        let key = self.idempotency_key();
        let path = upload.path();
        let (body, content_type, pulse) = upload.open(&key).await?;
        let bearer = self.bearer(None).await?;
        let mut request = self.request(&call, (&key, bearer.as_deref()), body)?;
        request.headers_mut().insert(CONTENT_TYPE, content_type);
        let exchange = self.exchange(request);
        let answer = pulse
            .while_beating(self.settings.timeout, exchange)
            .await
            .ok_or_else(|| self.timed_out())?;
        if let Some(source) = pulse.failure() {
            return Err(ClientError::File { path, source });
        }
        answer?.decode()
    }

    /// Tries until there is an answer, the attempts are used up, or trying again cannot help.
    async fn attempt(&self, call: &Call) -> Result<RawAnswer, ClientError> {
        let key = self.idempotency_key();
        let mut attempt = 1;
        let mut bearer = self.bearer_of(call).await?;
        loop {
            let head = (key.as_str(), bearer.as_deref());
            let request = self.request(call, head, whole(call.body.clone()))?;
            let result = self.exchange(request).await;
            let error = match result {
                Ok(answer) => match answer.refusal() {
                    None => return Ok(answer),
                    Some(refusal) => refusal,
                },
                Err(error) => error,
            };
            // The daemon knows better whether a token is good. One that is of a login is traded.
            let is_refused = matches!(error, ClientError::Api { status: 401, .. });
            if is_refused && attempt == 1 && self.settings.login.is_some() && bearer.is_some() {
                let next = self.bearer(bearer.as_deref()).await?;
                if next != bearer {
                    bearer = next;
                    attempt += 1;
                    continue;
                }
            }
            if attempt == ATTEMPTS_MAX || !is_worth_repeating(&error) {
                return Err(error);
            }
            self.trace(|| format!("attempt {attempt} failed: {error}"));
            tokio::time::sleep(self.pause(attempt, &error)).await;
            attempt += 1;
        }
    }

    /// The token of a call; none for those that are there to get one.
    async fn bearer_of(&self, call: &Call) -> Result<Option<String>, ClientError> {
        if call.is_open {
            return Ok(None);
        }
        self.bearer(None).await
    }

    /// The token to show, other than the one that was `refused`: the one that was given, or that
    /// of a login, which is traded first if its time is over.
    pub(super) async fn bearer(
        &self,
        refused: Option<&str>,
    ) -> Result<Option<String>, ClientError> {
        let Some(login) = self
            .settings
            .login
            .as_ref()
            .filter(|_| self.settings.token.is_none())
        else {
            return Ok(self.settings.token.clone());
        };
        let broken = |source| ClientError::Login { source };
        let target = &self.settings.target;
        let good = |tokens: &api::Tokens| {
            login.is_fresh(tokens) && refused != Some(tokens.access_token.as_str())
        };
        let Some(tokens) = login.tokens(target).map_err(broken)? else {
            return Ok(None);
        };
        if matches!(target, Target::Tcp { .. }) && !target.is_local() {
            return Err(insecure(target));
        }
        if good(&tokens) {
            return Ok(Some(tokens.access_token));
        }
        let _turn = login.lock().await.map_err(broken)?;
        // Another one may have traded meanwhile.
        let Some(tokens) = login.tokens(target).map_err(broken)? else {
            return Ok(None);
        };
        if good(&tokens) {
            return Ok(Some(tokens.access_token));
        }
        let traded = self.trade(&tokens).await?;
        login.keep(target, &traded).map_err(broken)?;
        Ok(Some(traded.access_token))
    }

    /// Trades the token of a login for new ones. What was spent must not be shown again, so this
    /// is tried once.
    async fn trade(&self, tokens: &api::Tokens) -> Result<api::Tokens, ClientError> {
        self.trace(|| "the login is renewed".to_owned());
        let call = Call::post("/api/v1/auth/refresh").json(&api::RefreshFields {
            refresh_token: Some(api::Password(tokens.refresh_token.clone())),
        });
        let key = self.idempotency_key();
        let request = self.request(&call, (&key, None), whole(call.body.clone()))?;
        let answer = self.exchange(request).await?;
        Ok(answer.decode()?.value)
    }

    /// How long to wait before trying again: what the daemon asked for, else a growing time with
    /// up to a half added, so that many clients do not come back at once.
    fn pause(&self, attempt: u32, error: &ClientError) -> Duration {
        if let ClientError::Api {
            retry_after: Some(seconds),
            ..
        } = error
        {
            return Duration::from_secs(*seconds).min(RETRY_AFTER_MAX);
        }
        let base = BACKOFF * 4_u32.pow(attempt - 1);
        let share = u32::from(self.entropy.bytes::<1>()[0]);
        base + base * share / 512
    }

    /// 128 random bits in hexadecimal digits.
    fn idempotency_key(&self) -> String {
        format!("{:032x}", u128::from_le_bytes(self.entropy.bytes()))
    }

    pub(super) fn request(
        &self,
        call: &Call,
        (key, bearer): (&str, Option<&str>),
        body: RequestBody,
    ) -> Result<Request<RequestBody>, ClientError> {
        let header = |what: &'static str, text: &str| {
            HeaderValue::from_str(text).map_err(|_invalid| ClientError::Unsendable { what })
        };
        let mut request = Request::new(body);
        *request.method_mut() = call.method.clone();
        *request.uri_mut() = call
            .path_and_query()
            .parse()
            .map_err(|_invalid| ClientError::Unsendable { what: "path" })?;
        let headers = request.headers_mut();
        headers.insert(
            HOST,
            header("server name", &self.settings.target.authority())?,
        );
        let agent = concat!("adctl/", env!("CARGO_PKG_VERSION"));
        headers.insert(USER_AGENT, HeaderValue::from_static(agent));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if call.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(tenant) = &self.settings.tenant {
            // Names may have any letter; a header has bytes, and ours are UTF-8.
            let tenant = HeaderValue::from_bytes(tenant.as_bytes())
                .map_err(|_invalid| ClientError::Unsendable { what: "tenant" })?;
            headers.insert(api::TENANT_HEADER, tenant);
        }
        if call.writes() {
            headers.insert(api::IDEMPOTENCY_HEADER, header("idempotency key", key)?);
        }
        if let Some(revision) = call.revision {
            headers.insert(IF_MATCH, header("revision", &format!("\"{revision}\""))?);
        }
        if let Some(token) = bearer {
            let mut value = header("token", &format!("Bearer {token}"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(request)
    }

    /// One request over one connection.
    async fn exchange(&self, request: Request<RequestBody>) -> Result<RawAnswer, ClientError> {
        let target = &self.settings.target;
        let line = format!("{} {}", request.method(), request.uri());
        self.trace(|| format!("> {line} at {target}"));
        for header in shown_headers(&request) {
            self.trace(|| header);
        }
        let broken = |source| ClientError::Broken {
            target: target.clone(),
            source,
        };
        let stream = connect(target, self.tls.as_ref()).await.map_err(|source| {
            ClientError::Unreachable {
                target: target.clone(),
                source,
            }
        })?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(broken)?;
        let work = async {
            let response = sender.send_request(request).await.map_err(broken)?;
            answer::read(target, response).await
        };
        tokio::pin!(work, connection);
        // The connection moves the bytes; its own end shows in what it carried.
        let answer = tokio::select! {
            answer = &mut work => answer,
            _end = &mut connection => work.await,
        }?;
        self.trace(|| format!("< {} to {line}: {} bytes", answer.status, answer.bytes()));
        Ok(answer)
    }

    pub(super) fn trace(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = &self.settings.trace {
            trace(&line());
        }
    }

    pub(super) fn timed_out(&self) -> ClientError {
        ClientError::Timeout {
            target: self.settings.target.clone(),
            after: self.settings.timeout,
        }
    }
}

/// A body that is there as a whole.
fn whole(body: Option<Vec<u8>>) -> RequestBody {
    let body = Full::new(Bytes::from(body.unwrap_or_default()));
    body.map_err(|never| match never {}).boxed_unsync()
}

fn insecure(target: &Target) -> ClientError {
    ClientError::Insecure {
        target: target.clone(),
    }
}

/// Whether the call may pass when made again at once. Where nobody listens, nobody will in a
/// moment; and a deadline that passed has no time left.
const fn is_worth_repeating(error: &ClientError) -> bool {
    error.may_pass()
        && !matches!(
            error,
            ClientError::Unreachable { .. } | ClientError::Timeout { .. }
        )
}

/// One line for each header that matters in a trace, secrets masked.
fn shown_headers(request: &Request<RequestBody>) -> impl Iterator<Item = String> + '_ {
    let dull = |name: &str| matches!(name, "host" | "user-agent" | "accept");
    let told = request.headers().iter();
    let told = told.filter(move |(name, _value)| !dull(name.as_str()));
    told.map(|(name, value)| {
        let value = if value.is_sensitive() {
            "(secret)".into()
        } else {
            String::from_utf8_lossy(value.as_bytes())
        };
        format!(">   {name}: {value}")
    })
}
