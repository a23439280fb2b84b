//! HTTP: one table of endpoints with declared access, from which the routes, the OpenAPI
//! document and the access matrix (`docs/toegang.md`) are made.
//!
//! A request: `dispatch` reads path and body within their limits, finds out who asks, checks
//! the declared roles and the form token, and runs the handler on a worker thread. A handler
//! takes a `Request` and gives a `Reply` or a `WebError`; it knows nothing of actix. `api`
//! answers JSON, `pages` answers HTML; both show what `views` makes of the one `case_view`.
//! Errors become problem documents or an error page in one place.

pub mod api;
pub mod bundles;
pub mod case_view;
pub mod csrf;
pub mod dispatch;
pub mod drafts;
pub mod endpoint;
pub mod error;
pub mod explained;
mod faults;
mod file_body;
pub mod forms;
pub mod headers;
pub mod hosts;
pub mod limits;
pub mod metrics;
mod multipart;
pub mod openapi;
pub mod pages;
pub mod readback;
pub mod reply;
pub mod request;
pub mod templates;
pub mod unfinished;
pub mod views;
