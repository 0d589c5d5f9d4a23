/** `npm start`: installs and builds what is missing, then serves. */
import { become, build, flags, install, server, thrift } from './prepare.js';

install();
build();
become([...flags, server], { ...thrift, NODE_ENV: process.env.NODE_ENV || 'production' });
