import type { ProblemCode } from "../../electron/contract/problems.ts";

/** What each problem is called in German, and what can be done. Where the engine says more in a case of its own, this says the general. */
export const deProblems: Readonly<Partial<Record<ProblemCode, readonly [sentence: string, act: string]>>> = {
  "file-vanished": ["Die Datei war eben noch da und ist jetzt weg.", "Wurde sie verschoben, findet das nächste Lesen sie wieder."],
  "file-unreadable": ["Dieses Konto darf die Datei nicht öffnen.", "Gib dir das Recht zu lesen, dann versuch es noch einmal."],
  "file-busy": ["Das Laufwerk hat beim Lesen nicht geantwortet.", "Sieh nach dem Laufwerk, dann versuch es noch einmal."],
  "file-changing": ["Die Datei wurde noch geschrieben, während sie gelesen wurde.", "Sie wird gelesen, sobald sie zur Ruhe gekommen ist."],
  "file-empty": ["Die Datei ist leer.", "Hast du eine andere Kopie, lege sie an ihre Stelle."],
  "file-cut-short": ["Die Datei endet zu früh: Ein Teil des Bildes fehlt.", "Hast du eine andere Kopie, lege sie an ihre Stelle."],
  "file-damaged": [
    "Das Bild in dieser Datei ist beschädigt und lässt sich nicht zeigen.",
    "Hast du eine andere Kopie, lege sie an ihre Stelle.",
  ],
  "file-not-a-picture": ["Die Datei heißt wie ein Bild, aber es ist keines darin.", "Lass sie, wie sie ist, oder benenne sie um."],
  "file-kind-unknown": ["Diese Art Bild kann Familiar noch nicht lesen.", "Liegt ein JPEG daneben, wird das genommen."],
  "file-too-large": ["Das Bild ist größer, als Familiar öffnen kann.", "Lege eine kleinere Kopie daneben."],
  "file-too-slow": [
    "Dieses Bild zu lesen dauerte viel zu lange und wurde abgebrochen.",
    "Versuch es noch einmal, wenn der Computer weniger zu tun hat.",
  ],
  "file-name-odd": ["Im Namen der Datei steht etwas, das kein Text ist.", "Benenne sie um, dann kann sie gelesen werden."],
  "folder-gone": [
    "Der Ordner ist nicht da.",
    "Schließe sein Laufwerk an oder entferne den Ordner aus Familiar. Namen und kleine Bilder bleiben.",
  ],
  "folder-unreadable": ["Dieses Konto darf nicht in den Ordner sehen.", "Gib dir das Recht zu lesen, dann versuch es noch einmal."],
  "folder-not-a-folder": ["Das ist eine Datei, kein Ordner.", "Wähle den Ordner, in dem sie liegt."],
  "folder-unwritable": ["Dieses Konto darf nicht in den Ordner schreiben.", "Wähle einen anderen Ordner oder gib dir das Recht dazu."],
  "folder-watched": [
    "In diesem Ordner sucht Familiar nach Fotos, darum schreibt es nichts hinein.",
    "Wähle einen Ordner außerhalb derer, die es liest.",
  ],
  "links-refused": ["In diesem Ordner lassen sich keine Verweise anlegen.", "Wähle Kopien oder einen anderen Ordner."],
  "disk-full": [
    "Das Laufwerk ist voll.",
    "Schaffe Platz darauf und lies noch einmal: es geht weiter, wo es aufhörte. Nichts ging verloren.",
  ],
  "library-locked": ["Diese Bibliothek ist in einem anderen Familiar geöffnet.", "Schließe das andere oder wähle eine andere Bibliothek."],
  "library-newer": ["Diese Bibliothek stammt von einem neueren Familiar.", "Nimm jene Fassung oder eine neuere. Nichts wurde verändert."],
  "library-damaged": [
    "Familiar konnte seinen Katalog nicht öffnen.",
    "Nimm eine frühere Sicherung davon. Deine Fotos sind nicht betroffen.",
  ],
  "library-unwritable": [
    "Familiar darf nicht in den Ordner seiner Bibliothek schreiben.",
    "Gib dir das Recht dazu oder wähle einen anderen Ort.",
  ],
  "model-missing": ["Eine Modelldatei fehlt oder wurde verändert.", "Richte Familiar noch einmal ein: Dabei entstehen die Modelle neu."],
  "model-fetch": [
    "Das Modell ließ sich nicht herunterladen.",
    "Prüfe die Verbindung und versuch es noch einmal, oder nimm eine Datei, die du hast. Bis dahin dient das eingebaute.",
  ],
  "model-mismatch": [
    "Die Datei ist nicht das Modell, das sie sein soll, und wurde nicht genommen.",
    "Hole sie noch einmal von ihrer Quelle.",
  ],
  "pack-uncalibrated": ["Dieses Modell ist nicht geeicht und kann keine Gesichter ordnen.", "Wähle ein anderes."],
  "accelerator-failed": [
    "Die Grafikkarte hat nicht geantwortet. Familiar macht ohne sie weiter, langsamer.",
    "Erneuere ihren Treiber, dann wähle sie in den Einstellungen wieder.",
  ],
  "bad-request": ["Das hat Familiar nicht verstanden.", "Sieh nach der Schreibweise und versuch es noch einmal."],
  "person-not-found": ["Diese Person gibt es nicht mehr.", "Sieh im Verlauf nach: Vielleicht wurde sie vereint."],
  "face-not-found": ["Dieses Gesicht gibt es nicht mehr.", "Geh zurück und sieh noch einmal nach."],
  "photo-not-found": ["Dieses Foto gibt es nicht mehr.", "Geh zurück und sieh noch einmal nach."],
  "not-found": ["Das gibt es nicht mehr.", "Geh zurück und sieh noch einmal nach."],
  "no-face": ["In diesem Foto wurde kein Gesicht gefunden.", "Wähle ein Foto, auf dem ein Gesicht zu sehen ist."],
  "never-merge": ["Du hast gesagt, dass das zwei Personen sind.", "Nimm das zuerst zurück oder vereine sie trotzdem."],
  "name-empty": ["Ein Name braucht mindestens einen Buchstaben.", "Schreib einen Namen."],
  "undo-blocked": ["Das lässt sich nicht allein zurücknehmen: Etwas Späteres baut darauf auf.", "Nimm zuerst das Spätere zurück."],
  "redo-blocked": ["Das lässt sich nicht allein wieder tun: Etwas Späteres steht im Weg.", "Nimm zuerst das Spätere zurück."],
  "nothing-to-undo": ["Es gibt nichts zurückzunehmen.", ""],
  "nothing-to-redo": ["Es gibt nichts zu wiederholen.", ""],
  "updates-off": [
    "Familiar fragt nicht nach neueren Versionen.",
    "Schalte es in den Einstellungen unter „Über“ ein und gib die Adresse der Versionsliste an.",
  ],
  "update-feed": [
    "Die Versionsliste war nicht zu lesen.",
    "Prüfe die Verbindung und die Adresse in den Einstellungen unter „Über“. Nichts wurde verändert.",
  ],
  cancelled: ["Angehalten, wie gewünscht.", ""],
  "engine-gone": ["Der Teil von Familiar, der Fotos liest, hat aufgehört.", "Er startet von selbst wieder. Nichts ging verloren."],
  internal: [
    "In Familiar ging etwas schief. Nichts, was du getan hast, ging verloren.",
    "Versuch es noch einmal. Geschieht es wieder, starte Familiar neu.",
  ],
};
