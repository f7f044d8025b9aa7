'use strict';
// Draws the heat maps: a byte for each cell, 0 for no error, 1 to 254 for the logarithms from min to max, 255 for
// an error that is not finite.
(() => {
  const canvases = [...document.querySelectorAll('canvas[data-cells]')];

  function colour(name) {
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  }

  function palette() {
    const stops = ['--heat1', '--heat2', '--heat3'].map(colour);
    const colours = [colour('--heat0')];
    for (let level = 1; level < 255; level++) {
      const at = (level - 1) / 253 * (stops.length - 1);
      const from = Math.min(Math.floor(at), stops.length - 2);
      colours.push(stops[from].map((c, i) => c + (at - from) * (stops[from + 1][i] - c)));
    }
    colours.push(colour('--bad'));
    return colours;
  }

  function draw(canvas, colours) {
    const cells = canvas.cells;
    const context = canvas.getContext('2d');
    const image = context.createImageData(canvas.width, canvas.height);
    for (let i = 0; i < cells.length; i++) {
      image.data.set(colours[cells[i]], 4 * i);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    canvas.dataset.drawn = 'true';
  }

  function drawAll() {
    const colours = palette();
    canvases.forEach(canvas => draw(canvas, colours));
  }

  // the indices of the frames or symbols that a cell covers
  function covered(cell, cells, n) {
    const from = Math.floor(cell * n / cells);
    const to = Math.floor((cell + 1) * n / cells) - 1;
    return to > from ? from + '–' + to : String(from);
  }

  function error(level, min, max) {
    if (level === 0) {
      return 'no error';
    }
    if (level === 255) {
      return 'not finite';
    }
    return 'error about ' + (min * Math.pow(max / min, (level - 1) / 253)).toExponential(1);
  }

  function show(event) {
    const canvas = event.currentTarget;
    const box = canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / box.width * canvas.width);
    const row = Math.floor((event.clientY - box.top) / box.height * canvas.height);
    if (column < 0 || column >= canvas.width || row < 0 || row >= canvas.height) {
      return;
    }
    const {frames, symbols, min, max} = canvas.dataset;
    canvas.closest('figure').querySelector('output').textContent =
      't = ' + covered(column, canvas.width, Number(frames)) +
      ', v = ' + covered(row, canvas.height, Number(symbols)) +
      ': ' + error(canvas.cells[row * canvas.width + column], Number(min), Number(max));
  }

  for (const canvas of canvases) {
    canvas.cells = Uint8Array.from(atob(canvas.dataset.cells), c => c.charCodeAt(0));
    canvas.addEventListener('pointermove', show);
    canvas.addEventListener('pointerdown', show);
  }
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();
