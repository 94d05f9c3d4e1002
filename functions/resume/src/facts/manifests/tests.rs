use proptest::prelude::*;

use super::*;

fn read(path: &str, text: &str) -> Vec<(String, Option<String>)> {
    declared(path, text).into_iter().map(|it| (it.name, it.version)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let version = |version: &str| (!version.is_empty()).then(|| version.to_owned());
    expected.iter().map(|(name, it)| ((*name).to_owned(), version(it))).collect()
}

#[test]
fn manifests_of_javascript_and_php() {
    let package = r#"{"name":"x","dependencies":{"next":"^14.2.0","left-pad":"*"},"devDependencies":{"typescript":"latest"}}"#;
    assert_eq!(
        read("web/package.json", package),
        pairs(&[("left-pad", ""), ("next", "14.2.0"), ("typescript", "")])
    );
    let composer = r#"{"require":{"laravel/framework":"^11.0"}}"#;
    assert_eq!(read("composer.json", composer), pairs(&[("laravel/framework", "11.0")]));
}

#[test]
fn manifests_of_rust_and_python() {
    let cargo = "[package]\nname='x'\n[dependencies]\ntokio={version='1.40',features=['full']}\n[workspace.dependencies]\naxum='0.8'";
    assert_eq!(read("Cargo.toml", cargo), pairs(&[("tokio", "1.40"), ("axum", "0.8")]));
    let project = "[project]\ndependencies=['fastapi>=0.110','uvicorn[standard]']\n[tool.poetry.dependencies]\npython='^3.12'\nDjango='5.0'";
    assert_eq!(
        read("pyproject.toml", project),
        pairs(&[("fastapi", "0.110"), ("uvicorn", ""), ("Django", "5.0")])
    );
    let requirements =
        "# web\n-r base.txt\ndjango==5.0.1 # pinned\nscikit_learn~=1.4; python_version>'3.9'\n\n";
    assert_eq!(
        read("requirements.txt", requirements),
        pairs(&[("django", "5.0.1"), ("scikit-learn", "1.4")])
    );
}

#[test]
fn manifests_of_java() {
    let gradle = "plugins {\n id 'org.springframework.boot' version '3.2.1'\n id(\"java\")\n}\n\
                  // implementation 'com.old:thing:1'\nimplementation 'org.springframework.boot:spring-boot-starter-web'\n\
                  runtimeOnly(\"com.mysql:mysql-connector-j:8.3.0\")";
    let expected = [
        ("org.springframework.boot", "3.2.1"),
        ("java", ""),
        ("org.springframework.boot:spring-boot-starter-web", ""),
        ("com.mysql:mysql-connector-j", "8.3.0"),
    ];
    assert_eq!(read("server/build.gradle.kts", gradle), pairs(&expected));
    let pom = "<dependency><groupId>org.mybatis</groupId><artifactId>mybatis</artifactId><version>3.5</version></dependency>";
    assert_eq!(read("pom.xml", pom), pairs(&[("org.mybatis:mybatis", "3.5")]));
    let project =
        r#"<ItemGroup><PackageReference Include="Microsoft.AspNetCore.Mvc" Version="2.2.0" /></ItemGroup>"#;
    assert_eq!(read("Api/Api.csproj", project), pairs(&[("Microsoft.AspNetCore.Mvc", "2.2.0")]));
}

#[test]
fn manifests_read_line_by_line() {
    let go = "module x\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.9.1\nrequire (\n\tgorm.io/gorm v1.25.5\n\tgolang.org/x/sys v0.1.0 // indirect\n)";
    assert_eq!(
        read("go.mod", go),
        pairs(&[("github.com/gin-gonic/gin", "1.9.1"), ("gorm.io/gorm", "1.25.5")])
    );
    assert_eq!(
        read("Gemfile", "source 'x'\ngem 'rails', '~> 7.1'\ngem \"pg\""),
        pairs(&[("rails", "7.1"), ("pg", "")])
    );
    let pubspec =
        "name: app\ndependencies:\n  flutter:\n    sdk: flutter\n  http: ^1.2.0\nflutter:\n  uses: true";
    assert_eq!(read("pubspec.yaml", pubspec), pairs(&[("flutter", ""), ("http", "1.2.0")]));
}

#[test]
fn images_of_containers() {
    let docker = "FROM --platform=linux/amd64 rust:1.80 AS build\nRUN x\nFROM build AS test\nfrom registry:5000/base/nginx@sha256:ab";
    assert_eq!(read("Dockerfile", docker), pairs(&[("rust", "1.80"), ("registry:5000/base/nginx", "")]));
    let compose =
        "services:\n  cache:\n    image: \"redis:7-alpine\"\n  db:\n    image: docker.io/library/postgres:16";
    assert_eq!(read("compose.yaml", compose), pairs(&[("redis", "7"), ("postgres", "16")]));
}

#[test]
fn what_cannot_be_read_declares_nothing() {
    for (path, text) in [
        ("package.json", "{"),
        ("package.json", "[1]"),
        ("package.json", r#"{"dependencies":"react"}"#),
        ("Cargo.toml", "[[["),
        ("pom.xml", "<groupId>"),
        ("notes.txt", "react"),
    ] {
        assert!(declared(path, text).is_empty(), "{path}: {text}");
    }
    let many: String = (0..5_000).map(|number| format!("package{number}==1\n")).collect();
    assert_eq!(declared("requirements.txt", &many).len(), MOST_DECLARED);
}

proptest! {
    #[test]
    fn no_text_stops_a_reader(text in any::<String>(), kind in 0..9_usize) {
        let paths = ["package.json", "Cargo.toml", "pyproject.toml", "requirements.txt", "go.mod", "Gemfile", "pom.xml",
            "build.gradle", "Dockerfile"];
        let declared = declared(paths[kind], &text);
        prop_assert!(declared.len() <= MOST_DECLARED);
    }
}
