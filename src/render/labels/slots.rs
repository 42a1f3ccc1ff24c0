//! What each slot holds, in both languages.

use crate::language::Language;
use crate::slot::Slot;

/// What a slot holds, in one line.
pub(in crate::render) fn slot(slot: Slot, language: Language) -> &'static str {
    match language {
        Language::En => slot.help(),
        Language::De => german(slot),
    }
}

fn german(slot: Slot) -> &'static str {
    match slot {
        Slot::SourceAccount => "Konto, aus dem kopiert wird",
        Slot::DestinationAccount => "Konto, in das kopiert wird",
        Slot::ManagementAccount => "Verwaltungskonto der Organisation",
        Slot::SourceRegion => "Region, aus der kopiert wird",
        Slot::DestinationRegion => "Region, in die kopiert wird",
        Slot::SourceVault => "Name des Tresors, aus dem kopiert wird",
        Slot::DestinationVault => "Name des Tresors, in den kopiert wird",
        Slot::SourceVaultArn => "ARN des Tresors, aus dem kopiert wird",
        Slot::DestinationVaultArn => "ARN des Tresors, in den kopiert wird",
        Slot::SourceKeyArn => "ARN des KMS-Schlüssels der Quellsicherung",
        Slot::DestinationKeyArn => "ARN des KMS-Schlüssels der Kopie",
        Slot::RecoveryPointArn => "ARN des Wiederherstellungspunkts, der kopiert wird",
        Slot::ResourceArn => "ARN der gesicherten Ressource",
        Slot::ResourceType => "Typ der gesicherten Ressource",
        Slot::RoleArn => "ARN der Rolle, mit der der Kopierauftrag läuft",
        Slot::CopyJobId => "ID des Kopierauftrags",
        Slot::TagKey => "Schlüssel des Tags, das die Meldung nennt",
        Slot::PrincipalArn => "ARN des Prinzipals, der abgewiesen wurde",
        Slot::DeniedAction => "Aktion, die verweigert wurde",
        Slot::DeniedResourceArn => "ARN der Ressource, für die die Aktion verweigert wurde",
        Slot::PolicyArn => "ARN der Richtlinie, die verweigert",
        Slot::EncodedMessage => "Kodierte Meldung über die verweigerte Berechtigung",
        Slot::Limit => "Grenze, die die Meldung nennt",
        Slot::ImageId => "ID des Images, das die Meldung nennt",
        Slot::SnapshotId => "ID des Snapshots, den die Meldung nennt",
        Slot::Value => "Was in der Meldung wechselt und keinen eigenen Slot hat",
        Slot::Partition => "Partition, abgeleitet von Regionen und ARNs",
        Slot::RoleName => "Name der Rolle des Kopierauftrags, abgeleitet von ihrem ARN",
        Slot::Service => "Dienst, den ein SDK um die Meldung herum nennt",
        Slot::Operation => "API-Operation, die ein SDK um die Meldung herum nennt",
        Slot::StatusCode => "HTTP-Status, den ein SDK um die Meldung herum nennt",
        Slot::ErrorCode => "Fehlercode, den ein SDK um die Meldung herum nennt",
        Slot::RequestId => "Anfrage-ID, die ein SDK um die Meldung herum nennt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_is_told_of_in_german() {
        for one in Slot::ALL {
            assert_ne!(slot(*one, Language::De), slot(*one, Language::En), "{one}");
        }
    }
}
