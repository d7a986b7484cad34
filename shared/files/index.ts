export { isDiskFull, makeFolder } from './disk.js';
export { describeFileFault } from './file-fault.js';
export { replaceFile } from './place-file.js';
export { OpenToOthers, closeDataFolder, closeFile, keepFilesPrivate } from './private-files.js';
