//! Routes of people and keys.

use http::StatusCode;

use super::{OK, delete, get, of, patch, post};
use crate::admin::gate::Gate;
use crate::admin::list::{list_parameters, words};
use crate::admin::route::{Route, dry_run};
use crate::admin::{auth, keys, resource, users};
use crate::api::{
    Invite, InviteFields, Key, KeyFields, LoginFields, LogoutFields, Page, PasswordFields, Profile,
    ProfileFields, RefreshFields, RegisterFields, Tokens, User, UserFields,
};
use crate::model::{self, Area, Role};

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    [
        auth_routes(),
        of(Area::Users, user_routes()),
        of(Area::Keys, key_routes()),
    ]
    .concat()
}

fn auth_routes() -> Vec<Route> {
    const PROFILE: &str = "/api/v1/auth/profile";
    let routes = vec![
        post("/api/v1/auth/register", "register", auth::register)
            .about("Set the password of an invited user, and log in")
            .gate(Gate::Open)
            .reads::<RegisterFields>()
            .answers::<Tokens>(OK),
        post("/api/v1/auth/login", "login", auth::login)
            .about("Log in")
            .gate(Gate::Open)
            .reads::<LoginFields>()
            .answers::<Tokens>(OK),
        post("/api/v1/auth/refresh", "refresh", auth::refresh)
            .about("Trade a refresh token for new tokens; one that comes twice ends its login")
            .gate(Gate::Open)
            .reads::<RefreshFields>()
            .answers::<Tokens>(OK),
        post("/api/v1/auth/logout", "logout", auth::logout)
            .about("End this login, or all of the user")
            .gate(Gate::Login)
            .reads::<LogoutFields>()
            .answers_nothing(),
        get(PROFILE, "getProfile", auth::get_profile)
            .about("Who calls")
            .gate(Gate::Known)
            .answers::<Profile>(OK),
        patch(PROFILE, "editProfile", auth::edit_profile)
            .about("Change what oneself is called")
            .gate(Gate::Login)
            .changes::<ProfileFields, User>(),
        post(
            "/api/v1/auth/password",
            "changePassword",
            auth::change_password,
        )
        .about("Change one's own password; every other login of the user ends")
        .gate(Gate::Login)
        .reads::<PasswordFields>()
        .answers_nothing(),
    ];
    routes.into_iter().map(Route::of_server).collect()
}

fn user_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/users";
    const ONE: &str = "/api/v1/users/{id}";
    let roles = Role::ALL.iter().map(|role| role.as_str());
    vec![
        get(LIST, "listUsers", users::list)
            .about("Users, in pages")
            .query(list_parameters::<model::User>())
            .query([words("role", "Only those of this role.", roles)])
            .answers::<Page<User>>(OK),
        post(LIST, "createUser", users::create)
            .about("Make a user, who needs an invite to log in")
            .creates::<UserFields, User>(),
        get(ONE, "getUser", resource::get::<model::User>)
            .about("One user, by id or address of mail")
            .answers::<User>(OK),
        patch(ONE, "editUser", users::edit)
            .about("Change what is given of a user")
            .changes::<UserFields, User>(),
        delete(ONE, "deleteUser", resource::delete::<model::User>)
            .about("Delete a user; all logins of the user end")
            .deletes(),
        post("/api/v1/users/{id}/invite", "inviteUser", users::invite)
            .about("Make the code with which a user sets a password, once")
            .changes::<InviteFields, Invite>(),
        post("/api/v1/users/{id}/logout", "logoutUser", users::logout)
            .about("End all logins of a user")
            .query([dry_run()])
            .answers_nothing(),
    ]
}

fn key_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/keys";
    const ONE: &str = "/api/v1/keys/{id}";
    vec![
        get(LIST, "listKeys", keys::list)
            .about("Keys, in pages, without their secrets")
            .query(list_parameters::<model::Key>())
            .answers::<Page<Key>>(OK),
        post(LIST, "createKey", keys::create)
            .about("Make a key; its secret is told here and nowhere again")
            .creates::<KeyFields, Key>(),
        get(ONE, "getKey", keys::get)
            .about("One key, without its secret")
            .answers::<Key>(OK),
        delete(ONE, "revokeKey", resource::delete::<model::Key>)
            .about("Revoke a key: it is good for nothing at once")
            .deletes(),
        post("/api/v1/keys/{id}/rotate", "rotateKey", keys::rotate)
            .about("Give a key a new secret; the one until now is good for nothing at once")
            .query([dry_run()])
            .answers::<Key>(StatusCode::OK),
    ]
}
