namespace VideoGen.Grains.Contracts;

/// <summary>
/// The result: media names of the film and its poster, and what was measured on the file: length in seconds, sides in pixels,
/// size in bytes, of the film and of its poster (0 where an earlier build did not measure it).
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.finished-film")]
public sealed record FinishedFilm(string Video, string Poster, double DurationSeconds, int Width, int Height, long Bytes, long PosterBytes = 0);
