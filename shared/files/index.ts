export { digestOf, hashForm } from './digest.js';
export { isDiskFull, makeFolder, readDisk } from './disk.js';
export { describeFileError } from './file-error.js';
export { checkOpenFiles } from './open-files.js';
export { openLater, type OpenedLater } from './open-later.js';
export { replaceFile } from './place-file.js';
export { OpenToOthers, closeDataFolder, closeFile, keepFilesPrivate } from './private-files.js';
