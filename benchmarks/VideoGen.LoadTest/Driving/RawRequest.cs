using System.Text;

namespace VideoGen.LoadTest.Driving;

/// <summary>Requests as bytes: built once, so that the generator costs the machine as little as it can.</summary>
internal static class RawRequest
{
    private const string Boundary = "load";

    private static readonly byte[] Picture =
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", "character.jpg"));

    public static byte[] Get(string path, string headers = "") =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: load\r\n{headers}\r\n");

    public static byte[] Post(string path, string json) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: load\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public static byte[] Order(string image, int seconds = 5, int side = 768) => Post("/generate-video",
        $$"""{"characterImageUrl":"{{image}}","script":"The fox waves at the camera and smiles.","duration":{{seconds}},"quality":"{{side}}"}""");

    /// <summary>An upload of the sample picture.</summary>
    public static byte[] Upload() => Form("/upload-character", "character", "");

    /// <summary>A create of the OpenAI dialect with the sample picture.</summary>
    public static byte[] CreateWithPicture(string prompt) => Form("/v1/videos", "input_reference",
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n{prompt}\r\n");

    private static byte[] Form(string path, string field, string before)
    {
        byte[] body =
        [
            .. Encoding.ASCII.GetBytes(
                $"{before}--{Boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"me.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n"),
            .. Picture,
            .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n"),
        ];
        return [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: load\r\n"
            + $"Content-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }
}
