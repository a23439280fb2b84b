//! Title, author and day as XMP, where reading software for the blind looks for the title. Only the file for the
//! archive names a norm there: a checker that is not ours confirms it.

use lopdf::{Document, Stream, dictionary};

use super::finish::assembly;
use crate::documents::error::DocumentError;
use crate::documents::model::DocumentMeta;

pub(in crate::documents) const CREATOR: &str = "Combizitting";
pub(in crate::documents) const PRODUCER: &str = "Combizitting (printpdf)";

/// Adds the metadata, in plain sight so that an archive can read them without unpacking.
pub(super) fn add(document: &mut Document, meta: &DocumentMeta, archive: bool) -> Result<(), DocumentError> {
    let kind = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let metadata = document.add_object(Stream::new(kind, xmp(meta, archive).into_bytes()).with_compression(false));
    document.catalog_mut().map_err(assembly)?.set("Metadata", metadata);
    Ok(())
}

/// That the file is PDF/A-1b.
const NORM: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n";

/// The metadata as XML.
pub(in crate::documents) fn xmp(meta: &DocumentMeta, archive: bool) -> String {
    let day = format!("{}T00:00:00Z", meta.dated.format("%Y-%m-%d"));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator></rdf:Description>\n\
<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate>\
<xmp:ModifyDate>{day}</xmp:ModifyDate></rdf:Description>\n\
<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\
<pdf:Producer>{PRODUCER}</pdf:Producer></rdf:Description>\n\
{norm}</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>",
        title = escaped(&meta.title),
        author = escaped(&meta.author),
        norm = if archive { NORM } else { "" },
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
