//! Which language a file is written in, by its name, as GitHub's linguist counts them: programming and markup
//! languages, not data, prose, what was vendored or what was generated.

/// Names and extensions (with their dot, in lower case) of files by language.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("Assembly", &[".asm", ".s"]),
    ("C", &[".c", ".h"]),
    ("C#", &[".cs"]),
    ("C++", &[".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx"]),
    ("CMake", &[".cmake", "CMakeLists.txt"]),
    ("CSS", &[".css"]),
    ("Clojure", &[".clj", ".cljs"]),
    ("Dart", &[".dart"]),
    ("Dockerfile", &[".dockerfile", "Dockerfile"]),
    ("Elixir", &[".ex", ".exs"]),
    ("Erlang", &[".erl"]),
    ("F#", &[".fs"]),
    ("GLSL", &[".frag", ".glsl", ".vert"]),
    ("Go", &[".go"]),
    ("Groovy", &[".gradle", ".groovy"]),
    ("HCL", &[".hcl", ".tf"]),
    ("HTML", &[".htm", ".html"]),
    ("Haskell", &[".hs"]),
    ("Java", &[".java"]),
    ("JavaScript", &[".cjs", ".js", ".jsx", ".mjs"]),
    ("Julia", &[".jl"]),
    ("Jupyter Notebook", &[".ipynb"]),
    ("Kotlin", &[".kt", ".kts"]),
    ("Lua", &[".lua"]),
    ("Makefile", &[".mk", "GNUmakefile", "Makefile"]),
    ("Nix", &[".nix"]),
    ("OCaml", &[".ml", ".mli"]),
    ("Objective-C", &[".m", ".mm"]),
    ("PHP", &[".php"]),
    ("PLpgSQL", &[".pgsql"]),
    ("Perl", &[".pl", ".pm"]),
    ("PowerShell", &[".ps1"]),
    ("Python", &[".py", ".pyi"]),
    ("R", &[".r"]),
    ("Ruby", &[".rb", "Gemfile", "Rakefile"]),
    ("Rust", &[".rs"]),
    ("SCSS", &[".sass", ".scss"]),
    ("Scala", &[".sc", ".scala"]),
    ("Shell", &[".bash", ".sh", ".zsh"]),
    ("Solidity", &[".sol"]),
    ("Svelte", &[".svelte"]),
    ("Swift", &[".swift"]),
    ("TypeScript", &[".cts", ".mts", ".ts", ".tsx"]),
    ("Typst", &[".typ"]),
    ("Vue", &[".vue"]),
    ("Zig", &[".zig"]),
];

/// Folders that hold what others wrote, or what a program did.
const NOT_OWN: &[&str] = &[
    "node_modules",
    "vendor",
    "third_party",
    "dist",
    "build",
    "target",
    ".venv",
    "venv",
    "Pods",
    "generated",
];

/// The language of the file at `path`; none for what is not counted.
pub(crate) fn language_of(path: &str) -> Option<&'static str> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    if folders.split('/').any(|folder| NOT_OWN.contains(&folder)) || name.contains(".min.") {
        return None;
    }
    let extension = name.rfind('.').map(|dot| name[dot..].to_ascii_lowercase());
    let is_of = |known: &&str| *known == name || extension.as_deref() == Some(*known);
    LANGUAGES.iter().find(|(_, names)| names.iter().any(is_of)).map(|(language, _)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_name_or_extension() {
        assert_eq!(language_of("src/main.rs"), Some("Rust"));
        assert_eq!(language_of("build.gradle.kts"), Some("Kotlin"));
        assert_eq!(language_of("deploy/Dockerfile"), Some("Dockerfile"));
        assert_eq!(language_of("a/B.TSX"), Some("TypeScript"));
    }

    #[test]
    fn data_prose_and_what_others_wrote_is_not_counted() {
        let not = ["README.md", "package.json", "Cargo.lock", "rs", "node_modules/a/b.js", "web/app.min.js"];
        for path in not {
            assert_eq!(language_of(path), None, "{path}");
        }
    }
}
