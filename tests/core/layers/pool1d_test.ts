import { averageOverTime, averagePool1d, maxOverTime, maxPool1d } from "@heatword/core";
import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradient, checkLinear, checkWindow, drawn } from "./_check_layer.ts";

tf.enableProdMode();
await tf.setBackend("cpu");

for (const padding of ["valid", "same"] as const) {
  for (const [width, stride] of [[2, 2], [3, 3], [3, 1], [2, 3], [4, 2], [1, 1]] as const) {
    const what = `(${width}) with stride ${stride}, ${padding}`;
    const options = { stride, padding };

    for (
      const [name, make, type] of [
        ["maxPool1d", maxPool1d, "max"],
        ["averagePool1d", averagePool1d, "avg"],
      ] as const
    ) {
      Deno.test(`${name}${what} gives what tfjs gives, and the gradient of differences`, () => {
        const layer = make(width, options);
        for (const length of [5, 6, 7, 10]) {
          const input = drawn([length, 3], length);
          const output = layer.forward(input);
          tf.tidy(() => {
            const x = tf.tensor3d(Float32Array.from(input.data), [length, 1, 3]);
            const pooled = tf.pool(x, [width, 1], type, padding, [1, 1], [
              stride,
              1,
            ]) as tf.Tensor3D;
            assertEquals([pooled.shape[0], pooled.shape[2]], [...output.shape]);
            const values = pooled.dataSync();
            output.data.forEach((y, i) => assertAlmostEquals(y, values[i]!, 1e-6));
          });
          checkGradient(layer, [length, 3], length);
        }
        if (padding === "valid") checkWindow(layer, [10, 3]);
        else assertEquals(layer.window, undefined);
      });
    }

    Deno.test(`averagePool1d${what} is linear, and tells how many inputs an output has`, () => {
      for (const length of [5, 6, 10]) checkLinear(averagePool1d(width, options), [length, 3]);
    });

    Deno.test(`maxPool1d${what} tells where its outputs come from`, () => {
      const layer = maxPool1d(width, options);
      const input = drawn([10, 3], 4);
      const output = layer.forward(input);
      const sources = layer.sources(input);
      assertEquals([...output.data], [...sources].map((source) => input.data[source]!));
    });
  }
}

Deno.test("maxPool1d() takes the first of equals", () => {
  const input = { shape: [4, 1], data: new Float64Array([2, 2, 1, 1]) };
  assertEquals([...maxPool1d(2).sources(input)], [0, 2]);
});

Deno.test("maxPool1d() over the whole text is maxOverTime()", () => {
  const input = drawn([7, 4], 2);
  const whole = maxPool1d(7).forward(input);
  assertEquals([...whole.data], [...maxOverTime().forward(input).data]);
});

Deno.test("averageOverTime() is linear, with as many inputs as there are words", () => {
  for (const length of [1, 2, 7]) {
    checkLinear(averageOverTime(), [length, 3]);
    checkGradient(averageOverTime(), [length, 3]);
  }
  const input = { shape: [2, 2], data: new Float64Array([1, 2, 3, 6]) };
  assertEquals(averageOverTime().forward(input), { shape: [2], data: new Float64Array([2, 4]) });
});

Deno.test("pooling refuses windows that are not windows, and texts that are too short", () => {
  assertThrows(() => maxPool1d(0), RangeError, "Cannot make a max-pooling of width 0");
  assertThrows(() => averagePool1d(2, { stride: -1 }), RangeError, "stride -1");
  assertThrows(() => maxPool1d(3).forward(drawn([2, 1], 1)), RangeError, "Cannot pool 2 words");
  assertThrows(() => averagePool1d(3).forward(drawn([2, 1], 1)), RangeError, "Cannot pool 2 words");
});

Deno.test("pooling takes windows far longer than the text, where padding allows them", () => {
  const input = { shape: [3, 1], data: new Float64Array([1, 5, 3]) };
  const options = { padding: "same", stride: 1 } as const;
  for (const width of [7, 2 ** 31]) {
    assertEquals([...averagePool1d(width, options).forward(input).data], [3, 3, 3]);
    assertEquals([...maxPool1d(width, options).forward(input).data], [5, 5, 5]);
  }
});
