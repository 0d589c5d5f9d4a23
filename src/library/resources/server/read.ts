import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileAddress } from '#src/core/files/server/store.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { readCaptions, transcriptOf } from '../captions.ts';
import type { Chapter, KeyPoint, Media, ResourceFile, ResourceView } from '../resource.ts';

interface FileColumns {
	id: string;
	name: string;
	mime: string;
	bytes: number;
	width: number | null;
	height: number | null;
}

interface Found {
	media: Media;
	seconds: number | null;
	starts: number | null;
	ends: number | null;
	file: FileColumns;
	captions: { language: string; vtt: string }[];
	chapters: Chapter[];
	points: KeyPoint[];
	narrations: { page: number; file: FileColumns }[];
	versions: { version: number; at: string; note: string; file: FileColumns }[];
}

/** A resource with all that helps to use it. @throws Failure not_found, also for what the viewer may not read */
export async function readResource(db: Db, viewer: Viewer, id: string): Promise<ResourceView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'resource');
	const found = (await row<Found>(db, query(id)))!;
	const { media, seconds, starts, ends, chapters, points } = found;
	const captions = found.captions.map(({ language }) => ({
		language,
		label: nameOf(language),
		url: `/resources/${id}/captions/${language}`
	}));
	return {
		...item,
		...{ media, seconds, starts, ends, chapters, points, captions },
		file: present(found.file),
		transcript: transcriptOf(readCaptions(found.captions[0]?.vtt ?? '') ?? []),
		narrations: found.narrations.map(({ page, file }) => ({ page, url: fileAddress(file), mime: file.mime })),
		versions: found.versions.map(({ version, at, note, file }) => ({ version, at: iso(at), note, file: present(file) }))
	};
}

const fileJson = (alias: string) =>
	sql.raw(`json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'mime', ${alias}.mime, 'bytes', ${alias}.bytes,
		'width', ${alias}.width, 'height', ${alias}.height)`);

const list = (columns: ReturnType<typeof sql>, from: ReturnType<typeof sql>) =>
	sql`(select coalesce(json_agg(line), '[]') from (select ${columns} from ${from}) line)`;

const query = (id: string) => sql`
	select r.media, r.seconds, r.starts, r.ends, ${fileJson('f')} as file,
		${list(sql`language, vtt`, sql`resource_caption where item_id = ${id} order by language`)} as captions,
		${list(sql`seconds, title`, sql`resource_chapter where item_id = ${id} order by seconds`)} as chapters,
		${list(sql`text, seconds, page`, sql`resource_point where item_id = ${id} order by place`)} as points,
		${list(
			sql`n.page, ${fileJson('nf')} as file`,
			sql`resource_narration n join file nf on nf.id = n.file_id where n.item_id = ${id} order by n.page`
		)} as narrations,
		${list(
			sql`v.version, rev.created_at as at, rev.note, ${fileJson('vf')} as file`,
			sql`resource_version v join file vf on vf.id = v.file_id join revision rev on rev.item_id = v.item_id and rev.version = v.version
				where v.item_id = ${id} order by v.version desc limit 100`
		)} as versions
	from resource r join file f on f.id = r.file_id where r.item_id = ${id}`;

const present = (file: FileColumns): ResourceFile => ({ ...file, bytes: Number(file.bytes), url: fileAddress(file) });

/** `pt-br` is "Brazilian Portuguese". */
function nameOf(language: string): string {
	try {
		return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
	} catch {
		return language;
	}
}
