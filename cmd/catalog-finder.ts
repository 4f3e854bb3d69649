/** The bundled catalogs and the user's own (`--catalog-dir`), which win. */
import { join } from "node:path";
import { type LoadedCatalog, listCatalogIds, loadCatalog } from "../catalogs/load.ts";
import { formatProblem } from "../catalogs/problems.ts";
import { UsageError } from "./exit.ts";
import { catalogsRoot } from "./package.ts";

export class CatalogFinder {
  readonly #folders = new Map<string, string>();
  readonly #loaded = new Map<string, LoadedCatalog>();

  constructor(ownFolder: string | undefined) {
    for (const id of listCatalogIds(catalogsRoot)) this.#folders.set(id, join(catalogsRoot, id));
    if (ownFolder === undefined) return;
    const own = listCatalogIds(ownFolder);
    if (own.length === 0)
      throw new UsageError(`${ownFolder}: holds no catalog; a catalog is a folder with catalog.yaml and ports.csv`);
    for (const id of own) this.#folders.set(id, join(ownFolder, id));
  }

  get ids(): string[] {
    return [...this.#folders.keys()].sort();
  }

  /** Null where no catalog has this id; a catalog with problems is an error that names them. */
  find(id: string): LoadedCatalog | null {
    const folder = this.#folders.get(id);
    if (folder === undefined) return null;
    const loaded = this.#loaded.get(id) ?? loadCatalog(folder);
    this.#loaded.set(id, loaded);
    if (loaded.problems.length > 0) throw new UsageError(loaded.problems.map(formatProblem).join("\n"));
    return loaded;
  }
}
