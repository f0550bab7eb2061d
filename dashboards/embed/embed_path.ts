/** Where a page of the dashboards stands alone, for other sites' frames; `path` may begin with its language. */
export function embedPath(path: string, end: string): string {
  return path.replace("/dashboards/", "/embed/") + end;
}
