//! Any text as a file of somebody's own catalogue: it is a root cause or a lexicon, or every finding names its place.
#![no_main]

use copydoctor::catalogue::{Catalogue, Finding, PatternFile};
use copydoctor::check::check;
use copydoctor::render::{self, Layout};
use copydoctor::{Classifier, Language};
use copydoctor_fuzz::{is_calm, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|yaml: &str| {
    let file = PatternFile::new(format!("own/{}.yaml", stem(yaml)), yaml);
    let mut catalogue = Catalogue::default();
    let overlay = catalogue.overlay([file]);
    assert_eq!(overlay.changes.len(), catalogue.root_causes().len());
    if catalogue.root_causes().is_empty() {
        // It may be a lexicon, which lies over that of the library and takes nothing from it.
        assert_eq!(catalogue.lexicon().read("snapshot", true).len(), 1);
        assert!(!overlay.findings.is_empty() || stem(yaml) == LEXICON, "there is something to say");
    }
    let mut proof = check(&Classifier::new(catalogue.clone()));
    proof.findings.extend(overlay.findings);
    proof.findings.iter().for_each(|finding| is_placed(finding, yaml));
    for language in [Language::En, Language::De] {
        let page = Layout::plain(language, 60);
        is_calm("proof", &text(|out| render::write_proof_text(out, &proof, &overlay.changes, page)));
        is_json(&text(|out| render::write_proof_json(out, &proof, &overlay.changes, language)));
        is_json(&text(|out| render::write_proof_sarif(out, &proof, language)));
        for cause in catalogue.root_causes() {
            is_calm("root cause", &text(|out| render::write_root_cause_text(out, cause, page)));
            is_calm("root cause", &text(|out| render::write_root_cause_markdown(out, cause, language)));
            is_json(&text(|out| render::write_root_cause_json(out, cause)));
        }
    }
});

const LEXICON: &str = "lexicon";

/// The name that the file should have: that of its id, or that of a lexicon.
fn stem(yaml: &str) -> &str {
    let id = yaml.lines().find_map(|line| line.strip_prefix("id:"));
    id.map_or(LEXICON, str::trim).split(['/', '\\', '.']).next().filter(|id| !id.is_empty()).unwrap_or("own")
}

/// A finding says in both languages what is wrong, and where in the file.
fn is_placed(finding: &Finding, yaml: &str) {
    for language in [Language::En, Language::De] {
        let line = finding.text(language);
        assert!(!line.is_empty());
        is_calm(
            "finding",
            &text(|out| render::write_finding_text(out, finding, Layout::plain(language, 60))),
        );
    }
    let Some(place) = &finding.place else { return };
    // Every way to end a line; behind the last end is a line, too.
    let lines: Vec<&str> = yaml.split("\r\n").flat_map(|part| part.split(['\n', '\r'])).collect();
    let line = place.line.checked_sub(1).and_then(|line| lines.get(line)).copied();
    let line = line.unwrap_or_else(|| panic!("{finding:?} in {} lines", lines.len()));
    let length = line.chars().count();
    assert!((1..=length + 1).contains(&place.column), "{finding:?} in {line:?}");
    assert!(place.length >= 1 && place.column + place.length <= length.max(1) + 2, "{finding:?} in {line:?}");
    assert!(place.text == line || (place.text.is_empty() && line.len() > 1000), "{finding:?}");
}

fn is_json(text: &str) {
    is_calm("JSON", text);
    serde_json::from_str::<serde_json::Value>(text).expect("it is JSON");
}
