import { checkText } from '@hub/shared/partner';

/** The fields of a stop that say where the group goes, and what it has to know there. */
export const placeFields = ['address', 'meetingPoint', 'contactOnTheSpot', 'note'] as const;

type PlaceTexts = { readonly [Field in (typeof placeFields)[number]]?: string | null };

/** @throws HubError `BAD_USER_INPUT` for empty or too long texts */
export function checkPlace(place: PlaceTexts): void {
  for (const field of placeFields) checkText(place[field], `input.${field}`);
}
