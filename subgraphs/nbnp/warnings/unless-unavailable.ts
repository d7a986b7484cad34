import { HubError } from '@hub/shared/errors';

/** What is unavailable gives no warning, and no error. */
export async function unlessUnavailable<Found>(
  find: Found | Promise<Found>,
): Promise<Found | null> {
  try {
    return await find;
  } catch (error) {
    if (error instanceof HubError) return null;
    throw error;
  }
}
