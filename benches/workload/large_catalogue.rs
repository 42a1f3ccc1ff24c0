//! A catalogue of a thousand root causes, to see what a message costs when there is much more that it could be.

use std::fmt::Write;

use copydoctor::Catalogue;
use copydoctor::catalogue::PatternFile;

use super::random::Random;

/// How many root causes there are, those of this build included.
const ROOT_CAUSES: usize = 1000;

/// As many as a root cause of this build has on the average.
const WORDINGS: usize = 3;

/// The catalogue of this build, and over it root causes whose sentences are made of the same words as its own: the
/// hardest thousand to tell from one another.
pub fn large_catalogue() -> Catalogue {
    let mut catalogue = Catalogue::builtin();
    let words: Vec<String> = catalogue
        .root_causes()
        .iter()
        .flat_map(|cause| &cause.patterns)
        .flat_map(|wording| wording.pattern.text().split_whitespace())
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .map(str::to_owned)
        .collect();
    let mut random = Random::new(3);
    let missing = ROOT_CAUSES - catalogue.root_causes().len();
    let files: Vec<PatternFile> = (0..missing).map(|number| file(number, &words, &mut random)).collect();
    let overlay = catalogue.overlay(files);
    assert!(overlay.findings.is_empty(), "{:?}", overlay.findings);
    assert_eq!(catalogue.root_causes().len(), ROOT_CAUSES);
    catalogue
}

fn file(number: usize, words: &[String], random: &mut Random) -> PatternFile {
    let mut patterns = String::new();
    for _ in 0..WORDINGS {
        let count = 8 + random.below(9);
        let mut sentence: Vec<&str> = (0..count).map(|_| random.pick(words).as_str()).collect();
        if random.percent(30) {
            sentence[count / 2] = "{source_region}";
        }
        let sentence = sentence.join(" ");
        write!(
            patterns,
            "\n  - {{language: en, text: \"{sentence}\", evidence: observed, source: https://example.com}}"
        )
        .expect("a string takes everything");
    }
    let text = format!(
        "id: own-{number}
group: permissions
aws_message_category: MISCELLANEOUS
title: {{en: Own, de: Eigen}}
cause: {{en: Own., de: Eigen.}}
patterns:{patterns}
remediation:
  - account: source
    action: {{en: Look., de: Nachsehen.}}
    why: {{en: To see., de: Um zu sehen.}}
    link: https://example.com
sources:
  - {{title: Own, url: https://example.com}}
examples:
  - {{language: en, message: An example.}}
near_misses:
  - {{message: Another., reason: Another.}}
"
    );
    PatternFile::new(format!("own/own-{number}.yaml"), text)
}
