import type { RequestArgs, RequestName } from "./args.ts";
import type { ExportView, ExposureView, LookAlikesView, PairView, PlaceNameView, SuggestView } from "./finding-views.ts";
import type { ConflictView, JoinedView, MetricView, PreviewView, SuggestionsView } from "./grouping-views.ts";
import type { GrowthView, SavedGrowth } from "./growth-views.ts";
import type { PortableDocument } from "./portable.ts";
import type { UpdateView } from "./update-views.ts";
import type { BackupView, ForgetPreview, ForgetResult, RestorePreview, RestoreResult, StartedEmpty } from "./safety-views.ts";
import type {
  AlbumView,
  DecisionResult,
  DetectedView,
  FaceView,
  FailureView,
  FolderView,
  HistoryEntry,
  ImportResult,
  IndexResult,
  LikelyPerson,
  MonthView,
  PackView,
  Page,
  PersonCard,
  PersonView,
  PhotoTile,
  PhotoView,
  PlacesView,
  PictureView,
  ReviewView,
  SearchResult,
  SettingsView,
  SplitView,
  StatusView,
  VerifyView,
  WhoView,
  WhyView,
} from "./views.ts";

/** What each request answers. Together with `requestArgs` this is the whole surface of the engine. */
export interface Results {
  status: StatusView;
  "places.list": PlacesView;
  "folders.add": readonly FolderView[];
  "folders.remove": readonly FolderView[];
  "scan.start": null;
  "scan.pause": null;
  "scan.resume": null;
  "scan.cancel": null;
  index: IndexResult;
  "people.list": Page<PersonCard>;
  "people.find": readonly LikelyPerson[];
  "person.get": PersonView;
  "person.faces": Page<FaceView>;
  "person.photos": Page<PhotoTile>;
  "person.growth": GrowthView;
  "person.saveGrowth": SavedGrowth;
  "person.split": SplitView;
  "photo.get": PhotoView;
  "photo.readAgain": PhotoView;
  "photo.exposure": ExposureView | null;
  "photos.months": readonly MonthView[];
  "photos.list": Page<PhotoTile>;
  "photos.ids": Page<number>;
  "photos.paths": readonly string[];
  search: SearchResult;
  "albums.list": readonly AlbumView[];
  "photos.export": ExportView;
  "faces.get": readonly FaceView[];
  "search.suggest": SuggestView;
  "place.name": PlaceNameView | null;
  "review.pairs": readonly PairView[];
  "review.lookAlikes": LookAlikesView;
  "face.why": WhyView;
  "review.next": ReviewView;
  "review.skip": null;
  decide: DecisionResult;
  undo: DecisionResult;
  redo: DecisionResult;
  history: Page<HistoryEntry>;
  export: PortableDocument;
  import: ImportResult;
  failures: Page<FailureView>;
  "failures.retry": null;
  "backups.list": readonly BackupView[];
  "backups.make": BackupView;
  "backups.preview": RestorePreview;
  "backups.restore": RestoreResult;
  "library.startEmpty": StartedEmpty;
  "forget.preview": ForgetPreview;
  forget: ForgetResult;
  "grouping.preview": PreviewView;
  conflicts: Page<ConflictView>;
  "groups.joined": Page<JoinedView>;
  "grouping.metric": MetricView;
  "person.suggestions": SuggestionsView;
  "settings.get": SettingsView;
  "settings.set": SettingsView;
  "updates.check": UpdateView;
  "packs.list": readonly PackView[];
  "packs.fetch": readonly PackView[];
  "packs.cancel": readonly PackView[];
  "packs.import": readonly PackView[];
  "packs.use": readonly PackView[];
  "packs.measure": readonly PackView[];
  verify: VerifyView;
  who: WhoView;
  detect: readonly DetectedView[];
  faces: readonly FaceView[];
  picture: PictureView;
}
export type Requests = { [N in RequestName]: (args: RequestArgs<N>) => Promise<Results[N]> };
/** Asks the engine; rejects with a `ProblemView`. */
export type Ask = <N extends RequestName>(name: N, args: RequestArgs<N>) => Promise<Results[N]>;
