/** A process that reads mails; see `parse.ts`. */
import EmailReplyParser from 'email-reply-parser';
import { simpleParser, type Attachment } from 'mailparser';
import { serveWork } from '../process-pool.ts';
import { MOST_FILES, type MailText } from './parse.ts';
import { readReport } from './report.ts';
import { ownWords } from './words.ts';

/** More text than this was not typed; what stands behind it is not looked at. */
const MOST_TEXT = 200_000;

const replies = new EmailReplyParser();

serveWork(async (raw: Uint8Array): Promise<MailText> => {
	const mail = await simpleParser(Buffer.from(raw), {
		...{ skipImageLinks: true, skipTextToHtml: true, skipTextLinks: true, maxHtmlLengthToParse: 2_000_000 },
		keepDeliveryStatus: true
	});
	const whole = (mail.text ?? '').slice(0, MOST_TEXT);
	const attached = mail.attachments.filter(isFile).slice(0, MOST_FILES);
	const parts = mail.attachments.map(({ contentType, content }) => ({
		type: contentType.toLowerCase(),
		content: content.toString('utf8', 0, 64 * 1024)
	}));
	const automatic = /^auto-(replied|notified)/i.test(String(mail.headers.get('auto-submitted') ?? ''));
	return {
		report: readReport(parts, whole, automatic),
		text: ownWords(replies.parseReply(whole)),
		attached: attached.map(({ filename, contentType, content }) => ({
			name: filename || nameFor(contentType),
			content
		}))
	};
});

/** Signatures are no files, and neither are the pictures of somebody's footer that only the HTML shows. */
const isFile = ({ contentType, related, content }: Attachment) =>
	!/^application\/(pgp-signature|(x-)?pkcs7-signature)$|^message\/(delivery-status|feedback-report)$/i.test(
		contentType
	) &&
	content.byteLength > 0 &&
	!(related && content.byteLength < 8 * 1024);

const nameFor = (type: string) => (type.startsWith('image/') ? 'picture' : 'file');
