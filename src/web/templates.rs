//! Page templates: Handlebars in strict mode, embedded in the binary.

use super::error::WebError;
use handlebars::Handlebars;
use rust_embed::RustEmbed;
use serde::Serialize;

#[derive(RustEmbed)]
#[folder = "templates/pages"]
#[include = "*.hbs"]
struct PageTemplates;

#[derive(RustEmbed)]
#[folder = "templates/pages/assets"]
struct Assets;

/// The page templates, parsed once.
pub struct Pages(Handlebars<'static>);

impl Pages {
    /// Parses all embedded templates.
    ///
    /// # Errors
    /// When a template cannot be parsed.
    pub fn load() -> Result<Self, WebError> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry
            .register_embed_templates_with_extension::<PageTemplates>(".hbs")
            .map_err(|error| WebError::Internal(format!("template: {error}")))?;
        Ok(Self(registry))
    }

    /// Templates from elsewhere; for tests of what happens when one is missing.
    #[must_use]
    pub fn empty() -> Self {
        Self(Handlebars::new())
    }

    /// One page as HTML.
    ///
    /// # Errors
    /// When the template is missing or asks for something the view does not have.
    pub fn render<T: Serialize>(&self, template: &str, view: &T) -> Result<String, WebError> {
        self.0.render(template, view).map_err(|error| WebError::Internal(format!("template {template}: {error}")))
    }

    /// Names of all templates, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.0.get_templates().keys().cloned().collect();
        names.sort();
        names
    }
}

/// A style sheet, script or picture by its file name, with its content type.
#[must_use]
pub fn asset(name: &str) -> Option<(&'static str, Vec<u8>)> {
    let content_type = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Assets::get(name).map(|file| (content_type, file.data.into_owned()))
}
