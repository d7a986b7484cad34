/** The path of a value in a response: response keys, and the indexes of list items. */
export type ResponsePath = readonly (string | number)[];
