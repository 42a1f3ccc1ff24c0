//! What the title of a column says that names no field.

/// Whether a title names the job itself, whose id stands below then.
pub(super) fn is_of_the_job(title: &str) -> bool {
    const NAMES: &[&str] = &["copyjob", "kopierauftrag", "kopierjob", "auftrag", "copy", "kopie"];
    let letters: String = title.chars().filter(|c| c.is_alphanumeric()).collect();
    NAMES.contains(&letters.to_lowercase().as_str())
}

/// Whether a title says that the values below it are of something else than the copy, such as the backup before it.
pub(super) fn is_of_something_else(title: &str) -> bool {
    const OF_A_COPY: &[&str] = &["copy", "copies", "kopi"];
    const OF_SOMETHING_ELSE: &[&str] = &[
        "backup",
        "restore",
        "report",
        "scan",
        "plan",
        "parent",
        "child",
        "previous",
        "expected",
        "vault",
        "resource",
        "recovery",
        "snapshot",
        "sicherung",
        "wiederherstell",
        "bericht",
        "vorher",
        "tresor",
        "ressource",
    ];
    let title = title.to_lowercase();
    let title = title.replace("aws backup", "");
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    says(OF_SOMETHING_ELSE) && !says(OF_A_COPY)
}
