//! What a route is: the one description that serves the router, the document and the tests.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::{Method, StatusCode};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::call::Call;
use super::gate::{Advertisers, Gate};
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::api::DRY_RUN_PARAMETER;
use crate::model::{Area, Right};

/// What a handler promises.
pub type Outcome = Pin<Box<dyn Future<Output = Result<Answer, Refusal>> + Send>>;
type Handler = Arc<dyn Fn(Arc<State>, Call) -> Outcome + Send + Sync>;
/// Writes the schema of a type, and of all it names, into a generator.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// One operation of the API.
#[derive(Clone)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The address, with parameters in braces.
    pub path: &'static str,
    /// Its name for generated clients: unique.
    pub id: &'static str,
    /// One line for people.
    pub summary: &'static str,
    /// Whether it is about one tenant.
    pub scope: Scope,
    /// Who may call it.
    pub gate: Gate,
    /// The query parameters it takes; any other is refused.
    pub query: Vec<Parameter>,
    /// What it reads.
    pub input: Input,
    /// What it answers when all is well.
    pub answers: Vec<(StatusCode, Option<SchemaOf>)>,
    /// In what form.
    pub form: Form,
    handler: Handler,
}

/// What a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The daemon as a whole.
    Server,
    /// The tenant that the header `X-Tenant` names.
    Tenant,
}

/// In what form a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON text.
    Json,
    /// Events without an end, each with a JSON text.
    Events,
}

impl Form {
    /// Its content type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Events => "text/event-stream",
        }
    }
}

/// What a route reads.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// No body.
    Nothing,
    /// A JSON body of this schema.
    Json(SchemaOf),
    /// A `multipart/form-data` body of this schema.
    Multipart(SchemaOf),
}

/// A query parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// As it is written in the address.
    pub name: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// What it may say.
    pub kind: Kind,
}

/// What a query parameter may say.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number, from and to.
    Number(u32, u32),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Words(Vec<&'static str>),
}

impl Parameter {
    /// What is wrong with a value.
    pub(crate) fn fault(&self, value: &str) -> Option<String> {
        match &self.kind {
            Kind::Text => value.is_empty().then(|| "is empty".to_owned()),
            Kind::Number(from, to) => {
                let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                let number = value.parse::<u32>().ok().filter(|_number| digits);
                let fits = number.is_some_and(|number| (*from..=*to).contains(&number));
                (!fits).then(|| format!("must be a whole number from {from} to {to}"))
            }
            Kind::Flag => {
                let known = matches!(value, "true" | "false");
                (!known).then(|| "must be `true` or `false`".to_owned())
            }
            Kind::Words(words) => {
                let known = words.contains(&value);
                (!known).then(|| format!("must be one of: {}", words.join(", ")))
            }
        }
    }
}

/// The parameter of every write.
pub(crate) fn dry_run() -> Parameter {
    Parameter {
        name: DRY_RUN_PARAMETER,
        about: "Check and answer as if done, and write nothing.",
        kind: Kind::Flag,
    }
}

/// The schema of `T`, as a value.
pub(super) fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

macro_rules! methods {
    ($($name:ident = $method:ident),+) => {
        $(
            /// An operation of one tenant: its path, its unique name, and who does it. It takes no
            /// parameters and no body, and only the operator may call it, until told.
            pub(super) fn $name<F, R>(
                path: &'static str,
                id: &'static str,
                handler: F,
            ) -> Route
            where
                F: Fn(Arc<State>, Call) -> R + Send + Sync + 'static,
                R: Future<Output = Result<Answer, Refusal>> + Send + 'static,
            {
                Route {
                    method: Method::$method,
                    path,
                    id,
                    summary: "",
                    scope: Scope::Tenant,
                    gate: Gate::Operator,
                    query: Vec::new(),
                    input: Input::Nothing,
                    answers: Vec::new(),
                    form: Form::Json,
                    handler: Arc::new(move |state, call| Box::pin(handler(state, call))),
                }
            }
        )+
    };
}
methods!(
    get = GET,
    post = POST,
    put = PUT,
    patch = PATCH,
    delete = DELETE
);

impl Route {
    /// One line for people.
    #[must_use]
    pub fn about(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    /// It reads `I`, makes something and shows it.
    #[must_use]
    pub fn creates<I: JsonSchema, O: JsonSchema>(self) -> Self {
        let route = self.query([dry_run()]).reads::<I>();
        route.answers::<O>(StatusCode::CREATED)
    }

    /// It reads `I`, changes something and shows it.
    #[must_use]
    pub fn changes<I: JsonSchema, O: JsonSchema>(self) -> Self {
        let route = self.query([dry_run()]).reads::<I>();
        route.answers::<O>(StatusCode::OK)
    }

    /// It removes something.
    #[must_use]
    pub fn deletes(self) -> Self {
        self.query([dry_run()]).answers_nothing()
    }

    /// It is about the daemon as a whole.
    #[must_use]
    pub fn of_server(self) -> Self {
        Self {
            scope: Scope::Server,
            ..self
        }
    }

    /// Who may call it.
    #[must_use]
    pub fn gate(self, gate: Gate) -> Self {
        Self { gate, ..self }
    }

    /// Whoever may look at or change this area may call it, as its method says; who is said to be
    /// let in some other way is.
    #[must_use]
    pub fn in_area(self, area: Area) -> Self {
        if self.gate != Gate::Operator {
            return self;
        }
        let right = if self.writes() {
            Right::Write
        } else {
            Right::Read
        };
        self.gate(Gate::Needs {
            area,
            right,
            advertisers: Advertisers::Never,
        })
    }

    /// Advertisers may call it, for what is their own: its handler reads and writes with the
    /// scope of its call alone.
    #[must_use]
    pub fn of_advertisers(self) -> Self {
        match self.gate {
            Gate::Needs { area, right, .. } => self.gate(Gate::Needs {
                area,
                right,
                advertisers: Advertisers::Own,
            }),
            Gate::Open | Gate::Known | Gate::Login | Gate::Operator => self,
        }
    }

    /// It changes nothing, whatever its method, so who may look may call it.
    #[must_use]
    pub fn only_looks(self) -> Self {
        match self.gate {
            Gate::Needs {
                area, advertisers, ..
            } => self.gate(Gate::Needs {
                area,
                right: Right::Read,
                advertisers,
            }),
            Gate::Open | Gate::Known | Gate::Login | Gate::Operator => self,
        }
    }

    /// It takes these query parameters besides those it has.
    #[must_use]
    pub fn query(mut self, more: impl IntoIterator<Item = Parameter>) -> Self {
        self.query.extend(more);
        self
    }

    /// It reads a JSON body.
    #[must_use]
    pub fn reads<T: JsonSchema>(self) -> Self {
        Self {
            input: Input::Json(schema_of::<T>),
            ..self
        }
    }

    /// It reads a multipart form.
    #[must_use]
    pub fn reads_form<T: JsonSchema>(self) -> Self {
        Self {
            input: Input::Multipart(schema_of::<T>),
            ..self
        }
    }

    /// It answers with this status and a JSON body.
    #[must_use]
    pub fn answers<T: JsonSchema>(mut self, status: StatusCode) -> Self {
        self.answers.push((status, Some(schema_of::<T>)));
        self
    }

    /// It answers with events without an end.
    #[must_use]
    pub fn streams<T: JsonSchema>(self) -> Self {
        Self {
            form: Form::Events,
            ..self.answers::<T>(StatusCode::OK)
        }
    }

    /// It answers with this status and no body.
    #[must_use]
    pub fn answers_nothing(mut self) -> Self {
        self.answers.push((StatusCode::NO_CONTENT, None));
        self
    }

    /// Whether it changes anything.
    pub fn writes(&self) -> bool {
        self.method != Method::GET
    }

    /// The statuses of its refusals. All have a body of `ErrorBody`.
    pub fn refusals(&self) -> Vec<StatusCode> {
        let mut statuses = vec![
            StatusCode::UNAUTHORIZED,
            StatusCode::FORBIDDEN,
            StatusCode::UNPROCESSABLE_ENTITY,
            StatusCode::INTERNAL_SERVER_ERROR,
            StatusCode::SERVICE_UNAVAILABLE,
        ];
        if matches!(self.gate, Gate::Open | Gate::Login) || self.form == Form::Events {
            statuses.push(StatusCode::TOO_MANY_REQUESTS);
        }
        if self.scope == Scope::Tenant {
            statuses.push(StatusCode::BAD_REQUEST);
        }
        if self.scope == Scope::Tenant || self.path.contains('{') {
            statuses.push(StatusCode::NOT_FOUND);
        }
        if self.path.contains('{') {
            // A name may stand for several things.
            statuses.push(StatusCode::CONFLICT);
        }
        if !matches!(self.input, Input::Nothing) {
            statuses.extend([
                StatusCode::BAD_REQUEST,
                StatusCode::REQUEST_TIMEOUT,
                StatusCode::PAYLOAD_TOO_LARGE,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ]);
        }
        if self.writes() {
            statuses.extend([StatusCode::CONFLICT, StatusCode::PRECONDITION_FAILED]);
        }
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }

    /// Names of the parameters in its address.
    pub fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _rest)| name))
    }

    /// Does it.
    pub(crate) fn run(&self, state: Arc<State>, call: Call) -> Outcome {
        (self.handler)(state, call)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.method, self.path, self.id)
    }
}
