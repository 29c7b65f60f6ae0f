using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Silo.Backends.Pictures;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// The bytes of a request body, their content type and their SHA-256. The same fields and picture give the same bytes.
/// </summary>
internal sealed record VideoRequestBody(byte[] Bytes, MediaTypeHeaderValue Type, string Hash)
{
    private const string Picture = "input_reference";

    // The default encoder writes every + of base64 as \u002B.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON with the picture as a data URI.</summary>
    public static VideoRequestBody Json(JsonObject fields, byte[] picture)
    {
        fields[Picture] = InlinePicture.Encode(picture, longest: int.MaxValue);
        return Of(JsonSerializer.SerializeToUtf8Bytes(fields, Relaxed), new MediaTypeHeaderValue("application/json"));
    }

    /// <summary>A form with the picture as a file, which all servers but a few read.</summary>
    public static async Task<VideoRequestBody> FormAsync(JsonObject fields, byte[] picture)
    {
        // A hash of the content cannot occur in the content, whatever the script says.
        var boundary = Hex([.. JsonSerializer.SerializeToUtf8Bytes(fields, Relaxed), .. picture])[..40];
        using var form = new MultipartFormDataContent(boundary);
        foreach (var (name, value) in fields)
        {
            form.Add(Part(name, Encoding.UTF8.GetBytes($"{value}")));
        }

        var type = InlinePicture.TypeOf(picture);
        var file = Part(Picture, picture);
        file.Headers.ContentDisposition!.FileName = $"\"picture.{type.Split('/')[1]}\"";
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(file);
        return Of(await form.ReadAsByteArrayAsync(), new MediaTypeHeaderValue("multipart/form-data")
        {
            Parameters = { new NameValueHeaderValue("boundary", boundary) },
        });
    }

    // With quotes, as every other client writes them.
    private static ByteArrayContent Part(string name, byte[] value) => new(value)
    {
        Headers = { ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" } },
    };

    private static VideoRequestBody Of(byte[] bytes, MediaTypeHeaderValue type) => new(bytes, type, Hex(bytes));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
