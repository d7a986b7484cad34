import type { BrowserContext, Route } from 'playwright-core';

const isDocument = ({ pathname }: URL): boolean => !/\.\w+$|graphql|sign-in/.test(pathname);

/** The document names the files of the updated hub. */
async function renameFiles(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = (await response.text()).replaceAll('/assets/', '/updated/');
  await route.fulfill({ response, body });
}

async function readRenamed(route: Route): Promise<void> {
  const url = route.request().url().replace('/updated/', '/assets/');
  await route.fulfill({ response: await route.fetch({ url }) });
}

/**
 * The hub that comes back has other pages: no file of the open tabs, and none of their operations. It names its own
 * files in each document that is loaded from now on.
 * @param gone a mutation that it does not have any more
 * @returns what it says to each operation that it does not know
 */
export async function updateHub(
  context: BrowserContext,
  gone?: string,
): Promise<readonly string[]> {
  const refused: string[] = [];
  await context.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }));
  await context.route(isDocument, renameFiles);
  await context.route('**/updated/**', readRenamed);
  await context.route('**/graphql', async (route) => {
    const { documentId, query, ...rest } = route.request().postDataJSON() as {
      documentId?: string;
      query?: string;
    };
    const isGone = gone !== undefined && query?.includes(`${gone}(`) === true;
    if (documentId === undefined && !isGone) return route.continue();
    const unknown = isGone
      ? { query: query?.replaceAll(`${gone}(`, `${gone}OfEarlier(`) }
      : { documentId: `sha256:${'0'.repeat(64)}` };
    const response = await route.fetch({ postData: JSON.stringify({ ...rest, ...unknown }) });
    refused.push(await response.text());
    return route.fulfill({ response });
  });
  return refused;
}
