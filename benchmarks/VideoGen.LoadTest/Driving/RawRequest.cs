using System.Text;

namespace VideoGen.LoadTest.Driving;

/// <summary>Requests as bytes: built once, so that the generator costs the machine as little as it can.</summary>
internal static class RawRequest
{
    public static byte[] Get(string path, string headers = "") => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: load\r\n{headers}\r\n");

    public static byte[] Post(string path, string json) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: load\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public static byte[] Order(string image) => Post("/generate-video",
        $$"""{"characterImageUrl":"{{image}}","script":"The fox waves at the camera and smiles.","duration":5,"quality":"768"}""");
}
