export { replaceFile } from './place-file.js';
export { OpenToOthers, closeDataFolder, closeFile, keepFilesPrivate } from './private-files.js';
