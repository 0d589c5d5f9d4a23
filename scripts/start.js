/** `npm start`: installs and builds what is missing, then serves. */
import { become, build, flags, install, thrift } from './prepare.js';

install();
build();
become([...flags, 'src/app/serve.ts'], { ...thrift, NODE_ENV: process.env.NODE_ENV || 'production' });
