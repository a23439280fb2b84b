//! Templates: Markdown with handlebars, embedded, strict, and safe for any name.
//!
//! Helpers for who edits a template: `{{blank "wat"}}` prints a visible blank that holds back
//! finalising, `{{teken "wat"}}` a blank that is filled in at signing, `{{of waarde "wat"}}` the
//! value or else a blank, `{{zin tekst}}` a text that ends with a full stop, `{{hoofd naam}}` a name at
//! the beginning of a sentence, `{{bron tekst}}` a reference to the file, `{{norm "art. …"}}` a
//! reference to a norm in the list of norms.

use handlebars::{
    BlockContext, BlockParamHolder, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable,
};
use serde_json::Value;
use std::sync::OnceLock;

/// What a template is filled with.
pub(super) type Data = Context;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates/documents/"]
#[include = "*.md.hbs"]
struct Templates;

static REGISTRY: OnceLock<Result<Handlebars<'static>, String>> = OnceLock::new();

/// Renders one embedded template to Markdown.
///
/// # Errors
/// A Dutch sentence when a template is missing, broken, or names a value that does not exist.
pub(super) fn render(template: &str, data: &Data) -> Result<String, String> {
    let registry = REGISTRY.get_or_init(build).as_ref().map_err(Clone::clone)?;
    if !registry.has_template(template) {
        return Err(format!("Het sjabloon \"{template}.md.hbs\" ontbreekt."));
    }
    registry
        .render_with_context(template, data)
        .map_err(|error| format!("Het sjabloon \"{template}.md.hbs\" kan niet worden ingevuld: {error}"))
}

/// Names of all embedded templates, partials included.
#[cfg(test)]
pub(super) fn template_names() -> Vec<String> {
    let mut names: Vec<String> =
        Templates::iter().filter_map(|file| file.strip_suffix(".md.hbs").map(str::to_owned)).collect();
    names.sort();
    names
}

/// Renders a template given as text, with the same rules (for tests and previews of a template).
#[cfg(test)]
pub(super) fn render_text(template: &str, data: &Value) -> Result<String, String> {
    let registry = REGISTRY.get_or_init(build).as_ref().map_err(Clone::clone)?;
    registry.render_template(template, data).map_err(|error| error.to_string())
}

fn build() -> Result<Handlebars<'static>, String> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.set_prevent_indent(true);
    registry.register_escape_fn(escape);
    registry.register_helper("blank", Box::new(Reference { scheme: "blank" }));
    registry.register_helper("teken", Box::new(Reference { scheme: "teken" }));
    registry.register_helper("bron", Box::new(Reference { scheme: "bron" }));
    registry.register_helper("norm", Box::new(Norm));
    registry.register_helper("of", Box::new(OrBlank));
    registry.register_helper("zin", Box::new(Sentence));
    registry.register_helper("hoofd", Box::new(Begin));
    registry.register_helper(PART, Box::new(Part));
    registry.register_helper("if", Box::new(Conditional { when: true }));
    registry.register_helper("unless", Box::new(Conditional { when: false }));
    for file in Templates::iter() {
        let Some(name) = file.strip_suffix(".md.hbs") else { continue };
        let content = Templates::get(&file).ok_or_else(|| format!("Het sjabloon \"{file}\" is niet te lezen."))?;
        let text = std::str::from_utf8(&content.data).map_err(|_| format!("Het sjabloon \"{file}\" is geen UTF-8."))?;
        registry
            .register_template_string(name, with_parts(text))
            .map_err(|error| format!("Het sjabloon \"{file}\" bevat een fout: {error}"))?;
    }
    Ok(registry)
}

/// Helper that stands for a partial.
const PART: &str = "_deel";

/// A partial that stands on a line of its own becomes a call of `Part`, with the same named arguments.
fn with_parts(text: &str) -> String {
    let call = |line: &'_ str| {
        let inner = line.trim_end().strip_prefix("{{> ")?.strip_suffix("}}")?;
        let (name, arguments) = inner.split_once(' ').unwrap_or((inner, ""));
        let plain = arguments.is_empty() || arguments.contains('=');
        plain.then(|| format!("{{{{{PART} \"{name}\" {arguments}}}}}"))
    };
    text.split_inclusive('\n').map(|line| call(line).unwrap_or_else(|| line.to_owned())).collect()
}

/// Makes data inert in Markdown: white space becomes one space, every sign that Markdown could
/// read as structure gets a backslash; the two that tables read first become entities.
pub(super) fn escape(data: &str) -> String {
    let mut out = String::with_capacity(data.len() + 8);
    let mut space = false;
    for sign in data.trim().chars() {
        if sign.is_whitespace() || sign.is_control() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        match sign {
            '|' => out.push_str("&#124;"),
            '\\' => out.push_str("&#92;"),
            sign if sign.is_ascii_punctuation() => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
    }
    out
}

fn missing(helper: &Helper<'_>) -> RenderError {
    let path = helper.param(0).and_then(|param| param.relative_path().cloned());
    RenderErrorReason::MissingVariable(path).into()
}

/// Text of the first parameter; `None` for null and empty text.
fn first_text(helper: &Helper<'_>) -> Result<Option<String>, RenderError> {
    let param = helper.param(0).ok_or_else(|| missing(helper))?;
    if param.is_value_missing() {
        return Err(missing(helper));
    }
    Ok(match param.value() {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    })
}

/// Renders a partial with the data as they stand; handlebars itself would copy all of them for it.
struct Part;

impl HelperDef for Part {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = first_text(helper)?.unwrap_or_default();
        let part = registry.get_template(&name).ok_or(RenderErrorReason::PartialNotFound(name))?;
        if helper.hash().is_empty() {
            return part.render(registry, context, render, out);
        }
        let mut block = BlockContext::new();
        if let Some(around) = render.block() {
            block.base_path_mut().clone_from(around.base_path());
        }
        for (name, value) in helper.hash() {
            block.set_block_param(name, BlockParamHolder::value(value.value().clone()));
        }
        render.push_block(block);
        let done = part.render(registry, context, render, out);
        render.pop_block();
        done
    }
}

struct Reference {
    scheme: &'static str,
}

impl HelperDef for Reference {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        if let Some(text) = first_text(helper)? {
            out.write(&format!("[{}]({}:)", escape(&text), self.scheme))?;
        }
        Ok(())
    }
}

struct Norm;

impl HelperDef for Norm {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let Some(text) = first_text(helper)? else { return Ok(()) };
        let Some(source) = super::law::find(&text) else {
            return Err(
                RenderErrorReason::Other(format!("de norm \"{text}\" staat niet in de lijst van normen")).into()
            );
        };
        out.write(&format!("[{}](norm:)", escape(&super::law::cite(&source))))?;
        Ok(())
    }
}

struct OrBlank;

impl HelperDef for OrBlank {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        if let Some(text) = first_text(helper)? {
            out.write(&escape(&text))?;
            return Ok(());
        }
        let label = helper.param(1).and_then(|param| param.value().as_str()).unwrap_or("gegeven");
        out.write(&format!("[{}](blank:)", escape(label)))?;
        Ok(())
    }
}

/// Prints a text so that it ends as a sentence.
struct Sentence;

impl HelperDef for Sentence {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        if let Some(text) = first_text(helper)? {
            let stop = if text.trim_end().ends_with(['.', '!', '?', ';', ':', '…']) { "" } else { "." };
            out.write(&format!("{}{stop}", escape(&text)))?;
        }
        Ok(())
    }
}

/// Prints a text as it stands at the beginning of a sentence.
struct Begin;

impl HelperDef for Begin {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        if let Some(text) = first_text(helper)? {
            out.write(&escape(&crate::shared::dutch::capital(&text)))?;
        }
        Ok(())
    }
}

/// `if` and `unless` that refuse a value which does not exist, so that a typing error in a
/// template is found instead of silently leaving a passage out.
struct Conditional {
    when: bool,
}

impl HelperDef for Conditional {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let param = helper.param(0).ok_or_else(|| missing(helper))?;
        if param.is_value_missing() {
            return Err(missing(helper));
        }
        let truthy = match param.value() {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(number) => number.as_f64().is_some_and(|value| value != 0.0),
            Value::String(text) => !text.is_empty(),
            Value::Array(list) => !list.is_empty(),
            Value::Object(_) => true,
        };
        let part = if truthy == self.when { helper.template() } else { helper.inverse() };
        part.map_or(Ok(()), |part| part.render(registry, context, render, out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::markup;
    use serde_json::json;

    #[test]
    fn hostile_names_stay_plain_text() {
        for name in [
            "# kop",
            "- lijst",
            "1. een",
            "<b>vet</b>",
            "a | b \\| c",
            "*ster* _streep_ `code`",
            "[x](blank:)",
            "> kader",
            "    vier",
            "regel\n\n## nieuwe kop",
            "&amp; {{naam}} {.vrij}",
            "---",
            "D'Hondt-Škoda (geb. \"X\")",
        ] {
            let markdown =
                render_text("Naam: {{naam}}.\n\n| A |\n| --- |\n| {{naam}} |\n", &json!({ "naam": name })).unwrap();
            let parsed = markup::parse(&markdown).unwrap_or_else(|error| panic!("{name}: {error}"));
            let clean = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let lines: Vec<_> = parsed.blocks.iter().flat_map(crate::documents::model::Block::text_lines).collect();
            assert_eq!(lines, [format!("Naam: {clean}."), "A".to_owned(), clean.clone()], "{name}");
            let first = render_text("{{naam}}\n", &json!({ "naam": name })).unwrap();
            let parsed = markup::parse(&first).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(parsed.blocks.len(), 1, "{name}");
        }
    }

    #[test]
    fn a_value_that_does_not_exist_is_an_error_everywhere() {
        for template in
            ["{{naam}}", "{{of naam \"x\"}}", "{{#if naam}}x{{/if}}", "{{#each naam}}x{{/each}}", "{{bron naam}}"]
        {
            assert!(render_text(template, &json!({})).is_err(), "{template}");
        }
    }

    #[test]
    fn an_empty_value_becomes_a_visible_blank() {
        let markdown = render_text("Op {{of dag \"dag van de beschikking\"}}.", &json!({ "dag": null })).unwrap();
        assert_eq!(markup::parse(&markdown).unwrap().blanks, ["dag van de beschikking"]);
    }

    #[test]
    fn an_unknown_norm_and_a_missing_template_are_told() {
        assert!(render_text("{{norm \"art. 999 BW\"}}", &json!({})).unwrap_err().contains("lijst van normen"));
        assert!(render("bestaat-niet", &Data::from(json!({}))).unwrap_err().contains("ontbreekt"));
    }
}
