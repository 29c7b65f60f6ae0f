using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class VideoContainerTests
{
    [Theory]
    [InlineData("\0\0\0\u0018ftypmp42\0\0\0\0", "mov")]
    [InlineData("\0\0\0\u0018ftypqt  \0\0\0\0", "mov")]
    [InlineData("\0\0\0\u0008wide\0\0\0\0", "mov")]
    [InlineData("\u001a\u0045\u00df\u00a3\0\0\0\0\0\0\0\0", "matroska")]
    [InlineData("GIF87a\0\0\0\0\0\0", "gif")]
    [InlineData("GIF89a\0\0\0\0\0\0", "gif")]
    [InlineData("GIF89b\0\0\0\0\0\0", null)]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0", null)]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", null)]
    [InlineData("<!doctype html>", null)]
    [InlineData("#EXTM3U\n#EXT-X", null)]
    [InlineData("RIFF\0\0\0\0AVI LIST", null)]
    [InlineData("ftypmp42", null)]
    [InlineData("", null)]
    public void The_first_bytes_choose_the_demuxer(string start, string? demuxer) =>
        Assert.Equal(demuxer, VideoContainer.Of(System.Text.Encoding.Latin1.GetBytes(start))?.Demuxer);
}
