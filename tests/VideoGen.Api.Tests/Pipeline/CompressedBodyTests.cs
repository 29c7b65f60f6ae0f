using System.IO.Compression;
using System.Net;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Pipeline;

public sealed class CompressedBodyTests
{
    [Theory]
    [InlineData("/generate-video", "application/json", "gzip")]
    [InlineData("/generate-video", null, "br")]
    [InlineData("/api/generate-video", "application/json", "gzip")]
    [InlineData("/upload-character", "multipart/form-data; boundary=b", "gzip")]
    public async Task A_compressed_body_is_refused_by_its_name(string path, string? type, string coding)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await SendAsync(api, path, Gzip("""{"characterImageUrl":"/uploads/x.jpg","script":"x"}"""), coding, type);

        var problem = await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        Assert.Contains($"Content-Encoding: {coding}", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("identity", response.Headers.NonValidated["Accept-Encoding"].ToString());
    }

    [Fact]
    public async Task A_body_that_is_said_to_be_plain_is_read()
    {
        await using var api = await ApiHost.StartAsync();
        var order = $$"""{"characterImageUrl":"{{await api.Client.UploadAsync()}}","script":"She waves."}""";

        using var response =
            await SendAsync(api, "/generate-video", Encoding.UTF8.GetBytes(order), "identity", "application/json");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiHost api, string path, byte[] body, string coding, string? type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentEncoding.Add(coding);
        if (type is not null)
        {
            content.Headers.Add("Content-Type", type);
        }

        return await api.Client.PostAsync(path, content);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
