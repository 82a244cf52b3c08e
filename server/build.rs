//! Puts the built web site into the program: a table of its files, with their compressed forms.
//!
//! The site is the folder that `SAPA_SITE_DIR` names. Without it, or before it is built, the table is empty.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=SAPA_SITE_DIR");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("site.rs");
    let mut table = String::from("static FILES: &[File] = &[\n");
    if let Some(site) = std::env::var_os("SAPA_SITE_DIR").map(PathBuf::from) {
        println!("cargo::rerun-if-changed={}", site.display());
        let mut files = Vec::new();
        if site.is_dir() {
            walk(&site, &mut files);
        }
        // The program finds files by binary search over their names, byte by byte.
        files.sort_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        for file in &files {
            add(&mut table, &site, file);
        }
    }
    table.push_str("];\n");
    fs::write(out, table).expect("the table of site files is written");
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            walk(&path, files);
        // Compressed forms go with their file; TypeScript declarations are of no use to a browser.
        } else if !matches!(path.extension().and_then(|e| e.to_str()), Some("br" | "gz" | "ts")) {
            files.push(path);
        }
    }
}

fn add(table: &mut String, site: &Path, file: &Path) {
    let name = file.strip_prefix(site).expect("a file of the site").to_str().expect("file names are UTF-8");
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read(file).expect("a readable file"));
    let file = file.to_str().expect("file names are UTF-8");
    let compressed = |extension: &str| {
        let path = format!("{file}.{extension}");
        if Path::new(&path).exists() { format!("Some(include_bytes!({path:?}))") } else { "None".to_owned() }
    };
    writeln!(
        table,
        "File {{ path: \"/{name}\", etag: \"W/\\\"{:016x}\\\"\", plain: include_bytes!({file:?}), brotli: {}, gzip: {} }},",
        hasher.finish(),
        compressed("br"),
        compressed("gz"),
    )
    .expect("writing to a string");
}
