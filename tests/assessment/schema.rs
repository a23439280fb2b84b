//! The JSON Schema of framework files.

use combizitting::assessment::lint::schema;

#[test]
fn schema_file_says_what_the_program_reads() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assessment-frameworks/schema.json");
    let expected = schema::framework_schema().expect("the types have a schema");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &expected).expect("the schema can be written");
    }
    let file = std::fs::read_to_string(path).expect("the schema is beside the frameworks");
    assert!(
        file == expected,
        "assessment-frameworks/schema.json is behind the types; write it again with UPDATE_GOLDEN=1"
    );
}
