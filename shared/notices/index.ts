export { createDescribeSubjects, type DescribeSubjects } from './describe-subjects.js';
export { createNoticeSender, type NoticeSender } from './notice-sender.js';
export {
  mostChanges,
  mostNoticeBytes,
  noticesPath,
  readBatch,
  writeBatch,
  type Audience,
  type ChangeNotice,
  type NoticeBatch,
  type NoticeReply,
} from './notice.js';
export { createNoticeSource, type NoticeSource } from './read-notices.js';
export { createTellHub, type TellHub } from './tell-hub.js';
