//! HTTP: the endpoint table with declared access, pages, API, errors as problem+json.
