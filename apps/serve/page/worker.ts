import { readWordCnnFiles } from "./read_word_cnn.ts";
import { serveModel } from "./serve_model.ts";

serveModel(readWordCnnFiles);
