import type { Layout, Municipalities, Municipality } from "@hiraku/kernel";
import type { Dataset } from "../dataset.ts";
import { DATASETS } from "../datasets/all.ts";
import { latestVersion, type PublishedVersion } from "../released_folder.ts";

/** A dataset of one city as the public list shows it. */
export interface Listed {
  readonly municipality: Municipality;
  readonly dataset: Dataset;
  readonly latest: PublishedVersion;
}

/** Everything that is public now: the newest valid version of each dataset and city. */
export async function publishedDatasets(
  layout: Layout,
  municipalities: Municipalities,
): Promise<Listed[]> {
  const wanted = [...municipalities.values()].flatMap((municipality) =>
    DATASETS.map((dataset) => ({ municipality, dataset }))
  );
  const found = await Promise.all(wanted.map(async (one) => ({
    ...one,
    latest: await latestVersion(
      layout.releasedRoot(one.municipality.code),
      one.dataset.id,
    ),
  })));
  return found.flatMap(({ latest, ...one }) =>
    latest === undefined ? [] : [{ ...one, latest }]
  );
}
