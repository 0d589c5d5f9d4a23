import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const resolve = (name: string) => createRequire(import.meta.url).resolve(name);
const face = (style: string) => resolve(`@expo-google-fonts/noto-sans/${style}/NotoSans_${style}.ttf`);

/** Wide enough for a slide. */
const WIDTH = 1260;

/** What draws takes memory: it is loaded when somebody first asks for a picture. */
let drawing: Promise<(svg: string) => Uint8Array<ArrayBuffer>> | undefined;

async function load() {
	const [{ initWasm, Resvg }, program, ...fonts] = await Promise.all([
		import('@resvg/resvg-wasm'),
		readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')),
		readFile(face('400Regular')),
		readFile(face('600SemiBold'))
	]);
	await initWasm(program);
	return (svg: string) => {
		const picture = new Resvg(svg, {
			fitTo: { mode: 'width', value: WIDTH },
			background: '#ffffff',
			font: { fontBuffers: fonts, defaultFontFamily: 'Noto Sans', sansSerifFamily: 'Noto Sans' }
		});
		const drawn = picture.render();
		const png = new Uint8Array(drawn.asPng());
		drawn.free();
		picture.free();
		return png;
	};
}

/** A plot as a picture of dots. @param svg as `asFile` gives it */
export async function asPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
	drawing ??= load();
	return (await drawing)(svg);
}
